package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.supervision.Quarantine;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of plugins that fail while they run, and of those that use them. */
final class SupervisionTest extends KernelTest {
    private static final String QUICK = "supervision: {pause: 5ms..20ms";

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    private static PluginJar failing(String id, String rules) {
        return PluginJar.of(id)
                .capability("ping", "return Future.succeededFuture(\"pong\");")
                .capability(
                        "break",
                        "context.fail(new IllegalStateException(\"no state\")); return Future.succeededFuture();")
                .yaml(QUICK + rules + "}");
    }

    private Supervised supervised(String id) {
        return kernel.plugin(id).orElseThrow().supervised();
    }

    private void breakIt(String id) throws Exception {
        kernel.call(id, "break", null)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((done, cause) -> done)
                .get();
    }

    private static long count(String note) {
        return notes().stream().filter(note::equals).count();
    }

    @Test
    void onePluginThatGivesItselfUpIsStartedAgain() throws Exception {
        load(failing("worker", ""));
        breakIt("worker");
        soon().until(() -> count("worker:start") == 2 && state("worker") == PluginState.RUNNING);
        assertEquals(1, count("worker:stop"));
        assertEquals(1, count("worker:destroy"));
        assertEquals("pong", await(kernel.<String>call("worker", "ping", null)));
        var failure = supervised("worker").failures().get(0);
        assertEquals("DP-0662", failure.code());
        assertEquals("run", failure.step());
        assertTrue(failure.message().contains("no state"), failure.message());
        assertTrue(failure.stack().contains("test.worker.Main"), failure.stack());
    }

    @Test
    void saidAThousandTimesItFailsOnce() throws Exception {
        load(PluginJar.of("worker")
                .capability(
                        "break",
                        "for (int i = 0; i < 1_000; i++) context.fail(new Error(\"again\")); return Future.succeededFuture();")
                .yaml(QUICK + "}"));
        breakIt("worker");
        soon().until(() -> count("worker:start") == 2 && state("worker") == PluginState.RUNNING);
        assertEquals(1, supervised("worker").failures().size());
    }

    @Test
    void aFailingHandlerIsNoFailureOfThePlugin() throws Exception {
        load(PluginJar.of("worker")
                .capability("throw", "throw new IllegalStateException(\"not this one\");")
                .yaml(QUICK + "}"));
        failure(kernel.call("worker", "throw", null));
        assertEquals(PluginState.RUNNING, state("worker"));
        assertEquals(List.of(), supervised("worker").failures());
    }

    @Test
    void aFirstStartThatFailsIsToldAndNotRepeated() throws Exception {
        install(PluginJar.of("bad")
                .does("start", "return Future.failedFuture(\"no url\");")
                .yaml(QUICK + "}"));
        assertEquals("DP-0814", failure(kernel.load("bad")).code());
        load(failing("other", ""));
        assertEquals(1, count("bad:start"));
        assertEquals(Optional.empty(), supervised("bad").startsAgain());
    }

    @Test
    void onePermanentIsTriedUntilItStarts() throws Exception {
        var gate = PluginJar.gate();
        install(PluginJar.of("late")
                .does(
                        "start",
                        "if (!isOpen()) return Future.failedFuture(\"no database\"); return Future.succeededFuture();")
                .yaml("supervision: {restart: permanent, pause: 5ms..10ms, intensity: 1000 in 1s}"));
        assertEquals("DP-0814", failure(kernel.load("late")).code());
        soon().until(() -> count("late:start") > 3);
        gate.countDown();
        awaitState("late", PluginState.RUNNING);
    }

    @Test
    void oneTemporaryStaysDownUntilSomebodyAsks() throws Exception {
        load(failing("once", ", restart: temporary"));
        breakIt("once");
        awaitState("once", PluginState.ERROR);
        assertEquals(Optional.empty(), supervised("once").startsAgain());
        await(kernel.start("once"));
        assertEquals("pong", await(kernel.<String>call("once", "ping", null)));
    }

    @Test
    void whatIsStoppedInItsPauseStaysStopped() throws Exception {
        load(PluginJar.of("slow")
                .capability("break", "context.fail(new Error(\"x\")); return Future.succeededFuture();")
                .yaml("supervision: {pause: 1h..2h}"));
        breakIt("slow");
        soon().until(() -> supervised("slow").startsAgain().isPresent());
        String waits = kernel.plugin("slow").orElseThrow().waiting().orElseThrow();
        assertTrue(waits.contains("failed and is started again in"), waits);
        CallException told = assertInstanceOf(CallException.class, failure(kernel.call("slow", "break", null)));
        assertEquals(FailureKind.NOT_RUNNING, told.kind());
        assertEquals(PluginState.STOPPED, await(kernel.stop("slow")).state());
        assertEquals(Optional.empty(), supervised("slow").startsAgain());
        await(kernel.start("slow"));
        breakIt("slow");
        soon().until(() -> supervised("slow").startsAgain().isPresent());
        // Whoever asks need not wait for the end of the pause.
        assertEquals(PluginState.RUNNING, await(kernel.start("slow")).state());
    }

    private PluginJar loop(String version) {
        return PluginJar.of("loop")
                .version(version)
                .capability("break", "context.fail(new Error(\"first\")); return Future.succeededFuture();")
                .does(
                        "start",
                        "if (count() > 1) return Future.failedFuture(\"no start \" + count()); return Future.succeededFuture();")
                .members(
                        "static long count() { return ((Queue<String>) System.getProperties().get(\"dataprism.test.notes\"))"
                                + ".stream().filter(\"loop:start\"::equals).count(); }")
                .yaml("supervision: {pause: 5ms..10ms}");
    }

    private void quarantineLoop() throws Exception {
        load(loop("1.0.0"));
        breakIt("loop");
        awaitState("loop", PluginState.QUARANTINED);
    }

    @Test
    void aCrashLoopIsQuarantinedWithItsEvidenceAndOthersGoOn() throws Exception {
        BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe("plugin.loop.quarantined", event -> told.add((JsonObject) event.body())));
        load(failing("neighbour", ""));
        quarantineLoop();
        assertEquals(5, count("loop:start"));
        Quarantine quarantine = supervised("loop").quarantine().orElseThrow();
        assertEquals(
                List.of("DP-0662", "DP-0814", "DP-0814", "DP-0814", "DP-0814"),
                quarantine.evidence().stream().map(failure -> failure.code()).toList());
        assertEquals("DP-0660", quarantine.code());
        assertTrue(quarantine.message().contains("5 in 60s"), quarantine.message());
        assertTrue(quarantine.message().contains("no start 5"), quarantine.message());
        assertTrue(quarantine.message().contains("plugins release loop"), quarantine.message());
        JsonObject event = told.poll(10, TimeUnit.SECONDS);
        assertEquals("DP-0660", event.getJsonObject("error").getString("code"));
        assertEquals("pong", await(kernel.<String>call("neighbour", "ping", null)));
        JsonObject shown =
                await(kernel.control().invoke(Caller.OPERATOR, "plugins", "info", new JsonObject().put("id", "loop")));
        assertEquals(
                5, shown.getJsonObject("quarantine").getJsonArray("evidence").size());
    }

    @Test
    void oneInQuarantineStartsOnceItIsReleased() throws Exception {
        quarantineLoop();
        assertEquals("DP-0660", failure(kernel.start("loop")).code());
        assertEquals("DP-0660", failure(kernel.reload("loop")).code());
        assertEquals(5, count("loop:start"));
        PluginJar.notes().clear();
        JsonObject released = await(
                kernel.control().invoke(Caller.OPERATOR, "plugins", "release", new JsonObject().put("id", "loop")));
        assertEquals("running", released.getString("state"));
        assertEquals("operator", released.getJsonObject("released").getString("by"));
        assertEquals("DP-0661", failure(kernel.release("loop")).code());
    }

    @Test
    void anotherVersionIsTriedWithoutARelease() throws Exception {
        quarantineLoop();
        PluginJar.notes().clear();
        install(loop("1.0.1"));
        awaitState("loop", PluginState.RUNNING);
        assertEquals("1.0.1", kernel.plugin("loop").orElseThrow().version());
        assertEquals(Optional.empty(), supervised("loop").quarantine());
    }

    @Test
    void unloadingEndsAQuarantine() throws Exception {
        quarantineLoop();
        await(kernel.unload("loop"));
        assertEquals(PluginState.INSTALLED, state("loop"));
        assertEquals(Optional.empty(), supervised("loop").quarantine());
        assertEquals(List.of(), supervised("loop").failures());
    }

    private void loadUser(String rules) throws Exception {
        load(failing("base", rules));
        load(PluginJar.of("user")
                .dependsOn("base", "*")
                .capability("ping", "return Future.succeededFuture(\"here\");"));
    }

    @Test
    void whatDependsOnItGoesDownAndUpInOrder() throws Exception {
        loadUser("");
        PluginJar.notes().clear();
        breakIt("base");
        soon().until(() -> count("user:start") == 1 && state("user") == PluginState.RUNNING);
        List<String> steps = notes().stream()
                .filter(note -> note.endsWith("start") || note.endsWith("stop"))
                .toList();
        assertEquals(List.of("user:stop", "base:stop", "base:start", "user:start"), steps);
    }

    @Test
    void whatDependsOnOneThatComesBackAloneRunsOn() throws Exception {
        loadUser(", strategy: one-for-one");
        PluginJar.notes().clear();
        breakIt("base");
        soon().until(() -> count("base:start") == 1 && state("base") == PluginState.RUNNING);
        assertEquals("here", await(kernel.<String>call("user", "ping", null)));
        assertEquals(
                List.of(),
                notes().stream().filter(note -> note.startsWith("user:")).toList());
        assertTrue(kernel.plugin("user").orElseThrow().dependencies().toString().contains("base"));
        // It is used by the same as before: whoever stops it stops those first.
        await(kernel.stop("base"));
        assertEquals(
                List.of("user:stop", "user:destroy"),
                notes().stream().filter(note -> note.startsWith("user:")).toList());
    }

    @Test
    void whatDependsOnOneThatDoesNotComeBackWaits() throws Exception {
        loadUser(", strategy: one-for-one, intensity: 1 in 60s");
        breakIt("base");
        awaitState("base", PluginState.QUARANTINED);
        soon().until(() -> count("user:destroy") == 1
                && kernel.plugin("user").orElseThrow().waiting().isPresent());
        await(kernel.release("base"));
        awaitState("user", PluginState.RUNNING);
    }

    @Test
    void whatTheOperatorSaysHoldsInPlaceOfTheManifest() throws Exception {
        install(failing("worker", ""));
        JsonObject rules = new JsonObject().put("restart", "temporary");
        await(kernel.apply(
                DesiredState.fromJson(new JsonObject().put("worker", new JsonObject().put("supervision", rules)))));
        awaitState("worker", PluginState.RUNNING);
        breakIt("worker");
        awaitState("worker", PluginState.ERROR);
        assertEquals("temporary", supervised("worker").rules().restart().label());
        assertEquals("5ms..10s", supervised("worker").rules().backOff().text());
        assertFalse(supervised("worker").startsAgain().isPresent());
        JsonObject wrong =
                new JsonObject().put("restart", "always").put("pause", "2s..1s").put("again", 1);
        PluginException told = assertThrows(
                PluginException.class,
                () -> DesiredState.fromJson(
                        new JsonObject().put("worker", new JsonObject().put("supervision", wrong))));
        for (String part : List.of("restart", "always", "pause", "again")) {
            assertTrue(String.valueOf(told.getMessage()).contains(part), told.getMessage());
        }
    }
}
