package io.dataprism.gateway;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Node.js script that tells what happens as JSON lines {@code {what, value}}. */
final class ScriptProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final BlockingQueue<JsonObject> lines = new LinkedBlockingQueue<>();
    private final List<JsonObject> seen = new ArrayList<>();

    ScriptProcess(Path folder, Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("NODE_PATH", folder.resolve("node_modules").toString());
        builder.environment().putAll(environment);
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread reader = new Thread(this::read, "script-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** What the script tells of {@code what} next; what it tells of other things meanwhile is kept. */
    Object told(String what) throws InterruptedException {
        for (JsonObject line : seen) {
            if (line.getString("what").equals(what)) {
                seen.remove(line);
                return line.getValue("value");
            }
        }
        while (true) {
            JsonObject line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("The script told nothing of '" + what + "', but of " + seen);
            }
            if (line.getString("what").equals(what)) {
                return line.getValue("value");
            }
            seen.add(line);
        }
    }

    /** Tell the script to end. */
    void poke() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().map(JsonObject::new).forEach(lines::add);
        } catch (IOException e) {
            lines.add(new JsonObject().put("what", "broken").put("value", e.toString()));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
