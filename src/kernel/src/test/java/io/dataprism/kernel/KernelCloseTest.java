package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's end comes in time, whatever its plugins do. */
final class KernelCloseTest extends KernelTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    private CountDownLatch gate;

    /** No step is late by itself for as long as a test waits: what ends, the closing has ended. */
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withSteps(StepDeadlines.each(Duration.ofMinutes(5)));
    }

    @BeforeEach
    void closeTheGate() {
        gate = PluginJar.gate();
    }

    @AfterEach
    void letEverythingGo() {
        gate.countDown();
    }

    /** The tests looked at how it ended. */
    @Override
    protected Future<Void> closed() {
        return super.closed().otherwiseEmpty();
    }

    private static String untilTheGateOpens() {
        return "while (!isOpen()) { Thread.onSpinWait(); }";
    }

    /** What the kernel's closing fails with. */
    private PluginException closingFails() {
        PluginException left = failure(kernel.close(DEADLINE));
        assertEquals("DP-0833", left.code());
        return left;
    }

    private void closes() throws Exception {
        await(kernel.close(DEADLINE));
    }

    @Test
    void aStopThatRunsOnIsLeftBehindByName() throws Exception {
        load(PluginJar.of("warming")
                .does(
                        "start",
                        "context.blocking(() -> { " + untilTheGateOpens()
                                + " return null; }); return Future.succeededFuture();")
                .does("stop", untilTheGateOpens() + " return Future.succeededFuture();"));
        PluginException left = closingFails();
        assertTrue(left.getMessage().contains("Plugin 'warming' 1.0.0 is stuck in stop"), left.getMessage());
        assertEquals(PluginState.QUARANTINED, state("warming"));
        assertEquals(Set.of(), vertx.deploymentIDs());
    }

    @Test
    void aStopWhoseFutureNeverCompletesIsCutOff() throws Exception {
        load(PluginJar.of("forgetful").does("stop", "return Promise.<Void>promise().future();"));
        closes();
        assertEquals(PluginState.ERROR, state("forgetful"));
        assertTrue(notes().contains("forgetful:stop"));
        assertEquals(Set.of(), vertx.deploymentIDs());
    }

    @Test
    void whatDependsOnEachOtherIsCutOffTogether() throws Exception {
        String never = "return Promise.<Void>promise().future();";
        install(PluginJar.of("base").does("stop", never));
        install(PluginJar.of("middle").dependsOn("base", "^1").does("stop", never));
        install(PluginJar.of("top").dependsOn("middle", "^1").does("stop", never));
        await(kernel.load("top"));
        closes();
        assertEquals(Set.of(), vertx.deploymentIDs());
    }

    @Test
    void aStartUnderWayIsCutOff() throws Exception {
        install(PluginJar.of("slow").does("start", "return Promise.<Void>promise().future();"));
        install(PluginJar.of("stuck").does("constructor", untilTheGateOpens()));
        Future<?> slow = kernel.load("slow");
        Future<?> stuck = kernel.load("stuck");
        awaitState("slow", PluginState.INITIALIZED);
        PluginException left = closingFails();
        assertTrue(left.getMessage().contains("Plugin 'stuck' 1.0.0 is stuck in load"), left.getMessage());
        assertEquals("DP-0806", failure(slow).code());
        assertEquals("DP-0806", failure(stuck).code());
    }

    @Test
    void aCallThatIsNotAnsweredHoldsNothingUp() throws Exception {
        load(PluginJar.of("busy").capability("work", "return Promise.promise().future();"));
        Future<?> called = kernel.call("busy", "work", null);
        closes();
        failure(called);
    }

    @Test
    void aDeadlineBeyondAllTimeIsOne() throws Exception {
        load(PluginJar.of("unit"));
        await(kernel.close(ChronoUnit.FOREVER.getDuration()));
        assertEquals(PluginState.STOPPED, state("unit"));
        assertEquals(Set.of(), vertx.deploymentIDs());
    }

    @Test
    void aKernelThatIsNeverLateRunsPlugins() throws Exception {
        Duration never = ChronoUnit.FOREVER.getDuration();
        Kernel patient = await(Kernel.create(
                vertx,
                KernelOptions.DEFAULT
                        .withAddressPrefix("patient:")
                        .withSteps(StepDeadlines.each(never))
                        .withIntervals(Duration.ofMillis(20), never)
                        .withCloseWithin(never)));
        CompletableFuture<JsonObject> seen = new CompletableFuture<>();
        await(patient.events().subscribe("kernel.check", event -> seen.complete((JsonObject) event.body())));
        String curtailed = "limits: {steps: {start: 10s}}";
        await(patient.load(
                ArtifactSource.path(PluginJar.of("unit").yaml(curtailed).in(folder)), LoadOptions.DEFAULT));
        assertEquals(new JsonArray(), seen.get(20, TimeUnit.SECONDS).getJsonArray("stuck"));
        await(patient.close(never));
    }

    @Test
    void whatIsAskedOfAClosedKernelFails() throws Exception {
        install(PluginJar.of("late"));
        await(kernel.close(DEADLINE));
        assertEquals("DP-0806", failure(kernel.load("late")).code());
        assertEquals(
                "DP-0806",
                failure(kernel.install(ArtifactSource.path(PluginJar.of("other").in(folder))))
                        .code());
    }
}
