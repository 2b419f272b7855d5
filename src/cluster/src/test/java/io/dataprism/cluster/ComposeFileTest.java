package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docker-compose.yml as the compose client reads it. */
final class ComposeFileTest {
    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

    private record Answer(int exitCode, String text) {}

    private static Answer config(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("docker-compose", "config")
                .directory(PROJECT.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("DATAPRISM_TOKEN");
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("This test needs docker-compose (Debian: apt-get install docker-compose).", e);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    @Test
    void describesThreeHealthCheckedNodesOnLoopback() throws Exception {
        Answer answer = config(Map.of("DATAPRISM_TOKEN", "0123456789abcdef"));
        assertEquals(0, answer.exitCode(), answer.text());
        assertEquals(
                3,
                Pattern.compile("(?m)^ {4}healthcheck:")
                        .matcher(answer.text())
                        .results()
                        .count());
        // DuckDB loads its library from there
        assertEquals(3, answer.text().split("/tmp:exec", -1).length - 1, answer.text());
        for (int i = 1; i <= 3; i++) {
            assertTrue(answer.text().contains("DATAPRISM_NODE__NAME: node-" + i), answer.text());
            assertTrue(answer.text().contains("127.0.0.1:778" + i + ":7780"), answer.text());
        }
    }

    @Test
    void refusesToStartWithoutAToken() throws Exception {
        Answer answer = config(Map.of());
        assertTrue(answer.exitCode() != 0, answer.text());
        assertTrue(answer.text().contains("Set DATAPRISM_TOKEN"), answer.text());
    }
}
