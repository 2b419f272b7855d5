package io.dataprism.faults.node;

import io.dataprism.app.control.ControlClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own. Ends at the latest with this process. */
public final class NodeProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;
    private final Path out;
    private final Path err;
    private final long began = System.nanoTime();
    private final Thread end;
    private volatile long running;

    NodeProcess(List<String> command, Path folder, Path data, int number) throws IOException {
        this.data = data;
        out = folder.resolve("node-" + number + ".out");
        err = folder.resolve("node-" + number + ".err");
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        end = new Thread(process::destroyForcibly, "end-node");
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Wait until it says that it runs, or has ended. */
    void awaitRunning() throws IOException, InterruptedException {
        Until.within(LONGEST_START, "the node runs", () -> !isAlive() || out().contains("runs: "));
        running = System.nanoTime();
        if (!isAlive()) {
            throw new IllegalStateException("The node did not come up. It printed:\n" + out() + err());
        }
    }

    /** How long it took to come up. */
    public Duration tookToRun() {
        return Duration.ofNanos(running - began);
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    /** A connection as the command line has it; of one thread. */
    public ControlClient connect() {
        return ControlClient.connect(data);
    }

    /**
     * One operation, by a connection of its own.
     *
     * @throws IllegalStateException where the node does not answer for minutes
     */
    public JsonObject invoke(String operation, JsonObject body) {
        String[] words = operation.split(":", 2);
        try (ControlClient client = connect()) {
            return Deadline.within(LONGEST_ANSWER, operation, () -> client.invoke(words[0], words[1], body));
        }
    }

    /** One operation that needs no more than an id. */
    public JsonObject invoke(String operation, String id) {
        return invoke(operation, new JsonObject().put("id", id));
    }

    public Object call(String plugin, String capability, Object body, Duration within) {
        return invoke("plugins:call", callOf(plugin, capability, body, within)).getValue("answer");
    }

    static JsonObject callOf(String plugin, String capability, Object body, Duration within) {
        return new JsonObject()
                .put("id", plugin)
                .put("capability", capability)
                .put("body", body)
                .put("withinMillis", within.toMillis());
    }

    public String state(String plugin) {
        return invoke("plugins:info", plugin).getString("state");
    }

    /** Wait until a plugin is in a state. */
    public void await(String plugin, String state, Duration within) throws IOException, InterruptedException {
        Until.within(within, "'" + plugin + "' is " + state, () -> state.equals(state(plugin)));
    }

    /** SIGKILL, and wait for its end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, and wait for its end. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The node did not end within " + LONGEST_STOP.toSeconds() + " s.");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
