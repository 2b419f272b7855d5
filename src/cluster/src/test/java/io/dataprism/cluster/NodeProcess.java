package io.dataprism.cluster;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link NodeMain} in a JVM of its own, seen from the test. */
final class NodeProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final String name;
    private final BlockingQueue<JsonObject> lines = new LinkedBlockingQueue<>();
    private final List<JsonObject> seen = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final int port;

    private NodeProcess(String name, Process process) throws InterruptedException {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
        this.port = told("ready").getInteger("value");
    }

    static NodeProcess start(String cluster, String name, Path folder, int... members)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName(),
                cluster,
                name,
                folder.resolve(name).toString()));
        for (int member : members) {
            command.add("127.0.0.1:" + member);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
        return new NodeProcess(name, process);
    }

    int port() {
        return port;
    }

    /** Have something done and wait for how it ended. */
    JsonObject does(JsonObject command) throws IOException, InterruptedException {
        return told(begin(command));
    }

    /** Have something done; under which name it tells how it ended. */
    String begin(JsonObject command) throws IOException {
        String id = Integer.toString(numbers.incrementAndGet());
        String line = command.copy().put("id", id).encode() + "\n";
        process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return id;
    }

    Object value(JsonObject command) throws IOException, InterruptedException {
        JsonObject end = does(command);
        if (end.containsKey("failure")) {
            throw new AssertionError(name + " failed to " + command.encode() + ": " + end.encode());
        }
        return end.getValue("value");
    }

    /** What it tells under this name next; what it tells of others meanwhile is kept. */
    JsonObject told(String what) throws InterruptedException {
        for (JsonObject line : seen) {
            if (line.getString("told").equals(what)) {
                seen.remove(line);
                return line;
            }
        }
        while (true) {
            JsonObject line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("Node " + name + (process.isAlive() ? "" : ", which has ended,")
                        + " told nothing of '" + what + "', but of " + seen);
            }
            if (line.getString("told").equals(what)) {
                return line;
            }
            seen.add(line);
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines()
                    .filter(line -> line.startsWith("{"))
                    .map(JsonObject::new)
                    .forEach(lines::add);
        } catch (IOException e) {
            lines.add(new JsonObject().put("told", "broken").put("value", e.toString()));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
