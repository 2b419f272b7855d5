package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.app.control.ControlAddress;
import io.dataprism.app.control.ControlServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running node whose periodic check fails in parts, as an operator meets it. */
class FailingChecksTest {
    private static final String LINE =
            "the periodic check of plugins fails: java.lang.StackOverflowError (the node's log has the cause; this is an"
                    + " error of the kernel: report it)";

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        join(vertx.close());
    }

    private static <T> T join(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A node that answers so. */
    private void node(JsonArray failing) throws Exception {
        JsonObject answer = new JsonObject()
                .put("node", "local")
                .put("plugins", new JsonArray())
                .put("failingChecks", failing);
        join(ControlServer.start(vertx, ControlAddress.in(data), (noun, verb, body) -> Future.succeededFuture(answer)));
    }

    private static JsonArray failing() {
        return new JsonArray()
                .add(new JsonObject().put("name", "plugins").put("cause", "java.lang.StackOverflowError"));
    }

    private CliRun doctor(String... more) {
        String[] args = new String[3 + more.length];
        System.arraycopy(new String[] {"doctor", "--data", data.toString()}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        return CliRun.of(args);
    }

    @Test
    void theDoctorFindsThem() throws Exception {
        node(failing());
        CliRun run = doctor();
        assertTrue(run.out().contains("ok       node      'local' runs, data in " + data), run.out());
        assertTrue(run.out().contains("bad      node      " + LINE), run.out());
        assertEquals(ExitCode.FAILED, run.exitCode());
        JsonArray all = new JsonArray(doctor("--json").out());
        assertEquals("bad", all.getJsonObject(all.size() - 1).getString("verdict"));
    }

    @Test
    void aNodeWithoutThemIsWell() throws Exception {
        node(new JsonArray());
        String out = doctor().out();
        assertTrue(out.contains("'local' runs"), out);
        assertFalse(out.contains("bad      node"), out);
    }

    @Test
    void whereNoNodeRunsTheDoctorSaysNothingOfOne() {
        String out = doctor().out();
        assertFalse(out.contains(" node "), out);
    }

    @Test
    void theListOfPluginsWarnsOfThem() throws Exception {
        node(failing());
        CliRun run = CliRun.of("plugins", "list", "--data", data.toString());
        assertTrue(run.err().contains("warning: " + LINE), run.err());
        assertEquals(ExitCode.OK, run.exitCode());
    }
}
