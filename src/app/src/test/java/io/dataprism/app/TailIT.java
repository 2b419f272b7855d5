package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.Kernel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code tail}, in a process of its own, ends. */
class TailIT {
    private static final String CTRL_C = "\u0003";
    private static final String PLAIN = "\u001b[0m";
    /** A node numbers its watches. */
    private static final String FIRST_WATCH = "w1";

    @TempDir
    Path folder;

    private ControlledNode node;
    private Path data;
    private Kernel kernel;

    @BeforeEach
    void start() throws Exception {
        data = folder.resolve("data");
        node = new ControlledNode(data);
        kernel = node.kernel;
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private void untilItShows(Child tail) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            kernel.events().publish("weather.update", "sun");
            return tail.out().contains("event:weather.update") || !tail.isAlive();
        });
    }

    /** Ask the node for what its first watch has seen. */
    private JsonObject seen() throws Exception {
        JsonObject next = new JsonObject().put("watch", FIRST_WATCH);
        return ControlledNode.join(kernel.control().invoke(Caller.OPERATOR, "messages", "next", next));
    }

    private void assertNobodyWatches() {
        ExecutionException failed = assertThrows(ExecutionException.class, this::seen);
        assertEquals(
                "DP-0454",
                assertInstanceOf(PluginException.class, failed.getCause()).code());
    }

    @Test
    void anInterruptEndsItAndItsWatch() throws Exception {
        try (Child tail = Child.interruptible(folder, "tail", "weather.**", "--data", data.toString())) {
            untilItShows(tail);
            assertTrue(seen().containsKey("lines"));
            tail.interrupt();
            CliRun run = tail.end();
            assertEquals(130, run.exitCode(), run.err());
            assertEquals("", run.err());
            assertNobodyWatches();
        }
    }

    @Test
    void aTerminateEndsItAndItsWatch() throws Exception {
        try (Child tail = Child.start(folder, java.util.Map.of(), "tail", "--data", data.toString())) {
            untilItShows(tail);
            tail.terminate();
            assertEquals(143, tail.end().exitCode());
            assertNobodyWatches();
        }
    }

    @Test
    void ctrlCInATerminalLeavesItAsItWas() throws Exception {
        try (Child tail = Child.inTerminal(folder, "tail", "--data", data.toString())) {
            untilItShows(tail);
            assertTrue(tail.out().contains(PLAIN), "it is styled there: " + tail.out());
            tail.type(CTRL_C);
            CliRun run = tail.end();
            assertEquals(130, run.exitCode(), run.out());
            assertNobodyWatches();
            String last = run.out().substring(run.out().lastIndexOf('\u001b'));
            assertTrue(last.startsWith(PLAIN), run.out());
        }
    }
}
