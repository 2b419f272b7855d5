package io.dataprism.bench.program;

import io.dataprism.bench.row.Metric;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program of this module in a process of its own, with the JVM and the class path of this one. */
final class Child {
    private static final int LONGEST_MINUTES = 30;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Thread end = new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-children");
        Runtime.getRuntime().addShutdownHook(end);
    }

    private final List<String> command = new ArrayList<>();

    private Child(List<String> jvmOptions, Class<?> main, List<String> arguments) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
    }

    /** Run a program to its end and read what it measured. */
    static Map<Metric, Double> measure(List<String> jvmOptions, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Process process = new Child(jvmOptions, main, List.of(arguments)).start();
        try (BufferedReader out = process.inputReader()) {
            String last = out.lines().reduce("", (before, line) -> line);
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("The program " + main.getSimpleName() + " " + List.of(arguments)
                        + " failed; its last line is '" + last + "', the cause is on the error stream.");
            }
            Map<Metric, Double> values = new EnumMap<>(Metric.class);
            new JsonObject(last)
                    .forEach(entry ->
                            values.put(Metric.valueOf(entry.getKey()), ((Number) entry.getValue()).doubleValue()));
            return values;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Start {@link NodeStart}, wait until it is ready, and end it: the time that took, on the clock and on processors. */
    static Map<Metric, Double> start(List<String> jvmOptions, String... arguments)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new Child(jvmOptions, NodeStart.class, List.of(arguments)).start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            long took = System.nanoTime() - began;
            if (!NodeStart.READY.equals(line)) {
                throw new IllegalStateException("The node " + List.of(arguments) + " did not start: it said '" + line
                        + "', the cause is on the error stream.");
            }
            Map<Metric, Double> values = new EnumMap<>(Metric.class);
            values.put(Metric.WALL, (double) took);
            process.info().totalCpuDuration().ifPresent(cpu -> values.put(Metric.CPU_TIME, (double) cpu.toNanos()));
            process.getOutputStream().close();
            process.waitFor(1, TimeUnit.MINUTES);
            return values;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Start it; it ends at the latest with this process. */
    private Process start() throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
        return process;
    }
}
