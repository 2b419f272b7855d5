package io.dataprism.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of the assembled distribution in a JVM of its own. */
final class Child implements AutoCloseable {
    private static final long LONGEST_SECONDS = 240;

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Start a command in {@code folder}. */
    static Child start(Path folder, Map<String, String> environment, String... args) throws IOException {
        return start(folder, environment, java(List.of(), args));
    }

    /** A node from the class path, as nobody's launcher starts it. */
    static Child onClassPath(Path folder, String... args) throws IOException {
        List<String> command = java(List.of(), args);
        int modules = command.indexOf("-p");
        command.subList(modules, modules + 4).clear();
        command.addAll(modules, jar());
        return start(folder, Map.of(), command);
    }

    private static List<String> jar() {
        return List.of(
                "-jar",
                Path.of(System.getProperty("dist"), "lib", "dataprism.jar").toString());
    }

    /** The same so that Ctrl-C reaches it, also where this JVM was started in the background, and what that starts ignores it. */
    static Child interruptible(Path folder, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(java(List.of(), args));
        return start(folder, Map.of(), command);
    }

    /** The same in a terminal of its own, into which {@link #type} types; all that it prints is in {@link #out}. */
    static Child inTerminal(Path folder, String... args) throws IOException {
        String line = java(List.of("-Ddataprism.terminal=out,err"), args).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "exec ", ""));
        return start(
                folder,
                Map.of("TERM", "xterm"),
                List.of(
                        "env",
                        "--default-signal=INT",
                        "-u",
                        "NO_COLOR",
                        "script",
                        "-q",
                        "-e",
                        "-c",
                        line,
                        "/dev/null"));
    }

    private static List<String> java(List<String> options, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 24) {
            // As the launcher does: what warns of memory is not the command's own word.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        Path dist = Path.of(System.getProperty("dist"));
        if (args[0].equals("run") && !List.of(args).contains("--no-agent")) {
            command.add("-javaagent:" + agent(dist) + "=kept=" + dist.resolve("checks"));
        }
        if (args[0].equals("run")) {
            command.addAll(List.of("-p", dist.resolve("lib").toString(), "-m", "io.dataprism.app"));
        } else {
            command.addAll(jar());
        }
        command.addAll(List.of(args));
        return command;
    }

    /** As the launcher does: a node is checked by the agent, too. */
    private static Path agent(Path dist) {
        try (Stream<Path> jars = Files.list(dist.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("dataprism-agent-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Child start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "child", ".out");
        Path err = Files.createTempFile(folder, "child", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), out, err);
    }

    /** Run a command to its end. */
    static CliRun run(Path folder, String... args) throws Exception {
        try (Child child = start(folder, Map.of(), args)) {
            return child.end();
        }
    }

    /** Wait for its end. */
    CliRun end() throws Exception {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It did not end. It printed: " + out() + err());
        }
        return new CliRun(process.exitValue(), out(), err());
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGINT. */
    void interrupt() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
