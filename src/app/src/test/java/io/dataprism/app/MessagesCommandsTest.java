package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.kernel.Kernel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail} and {@code dead} against a node in this JVM. */
class MessagesCommandsTest {
    @TempDir
    Path data;

    private ControlledNode node;
    private Kernel kernel;

    @BeforeEach
    void start() throws Exception {
        node = new ControlledNode(data);
        kernel = node.kernel;
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private CliRun run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data.toString()));
        return CliRun.of(all.toArray(String[]::new));
    }

    /** Run {@code tail} while something is published again and again. */
    private CliRun tail(String topic, Object body, String... words) {
        CompletableFuture<CliRun> tail = CompletableFuture.supplyAsync(() -> run(words));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            kernel.events().publish(topic, body);
            return tail.isDone();
        });
        return tail.join();
    }

    @Test
    void tailShowsWhatIsPublished() {
        CliRun run = tail("weather.update", "sun", "tail", "weather.**", "--lines", "2", "--body");
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(2, run.out().lines().count(), run.out());
        assertTrue(run.out().contains("host -> event:weather.update"), run.out());
        assertTrue(run.out().contains("  nobody  "), run.out());
        assertTrue(run.out().contains("sun"), run.out());
    }

    @Test
    void tailWritesJsonForScripts() {
        CliRun run = tail("t", 1, "tail", "--lines", "1", "--kind", "event", "--to", "event:t", "--json");
        JsonObject line = new JsonObject(run.out());
        assertEquals("event:t", line.getString("to"));
        assertTrue(line.getString("id").startsWith("local-"), run.out());
        assertFalse(line.containsKey("body"), run.out());
    }

    @Test
    void noControlCodeReachesTheTerminal() {
        String evil = "\u001b[2J\u009b31m\u202eevil\r\n";
        CliRun plain = tail("t", evil, "tail", "t", "--body", "--lines", "1");
        CliRun json = tail("t", evil, "tail", "t", "--body", "--lines", "1", "--json");
        for (CliRun run : List.of(plain, json)) {
            String line = run.out().stripTrailing();
            assertTrue(line.contains("evil"), line);
            assertTrue(line.chars().noneMatch(letter -> Character.isISOControl(letter) || letter == 0x202e), line);
        }
        assertEquals(evil, new JsonObject(json.out()).getString("body"));
    }

    @Test
    void wrongWordsAreTold() {
        CliRun sample = run("tail", "--sample", "ten");
        assertEquals(ExitCode.USAGE, sample.exitCode());
        assertTrue(sample.err().contains("1/100"), sample.err());
        CliRun kind = run("tail", "--kind", "gossip");
        assertTrue(kind.err().contains("DP-0450") && kind.err().contains("answer"), kind.err());
        assertEquals(ExitCode.USAGE, run("dead", "drop").exitCode());
    }

    @Test
    void deadLettersAreListedShownReplayedAndDropped() {
        for (int i = 0; i < 3; i++) {
            Future<Object> call = kernel.call("nobody", "greet", new JsonObject().put("name", "Ann"));
            assertThrows(Exception.class, () -> ControlledNode.join(call));
            assertInstanceOf(CallException.class, call.cause());
        }
        CliRun list = run("dead", "list");
        assertEquals(4, list.out().lines().count(), list.out());
        assertTrue(list.out().contains("undeliverable  call  host  plugin:nobody:greet"), list.out());
        JsonArray letters = new JsonObject(run("dead", "list", "--json").out()).getJsonArray("letters");
        String first = String.valueOf(letters.getJsonObject(0).getLong("number"));
        CliRun show = run("dead", "show", first);
        assertTrue(show.out().contains("Plugin not found: nobody"), show.out());
        assertTrue(show.err().contains("not shown"), show.err());
        CliRun replay = run("dead", "replay", first);
        assertEquals(ExitCode.FAILED, replay.exitCode());
        assertTrue(replay.err().contains("Plugin not found: nobody"), replay.err());
        CliRun again = run("dead", "replay", first);
        assertTrue(again.err().contains("DP-0452"), again.err());
        assertEquals(4, run("dead", "list").out().lines().count(), "what failed again is a dead letter again");
        assertEquals("3 forgotten.\n", run("dead", "drop", "--all").out());
        assertEquals(1, run("dead", "list").out().lines().count());
    }
}
