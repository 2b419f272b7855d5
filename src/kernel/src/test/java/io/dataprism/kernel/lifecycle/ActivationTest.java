package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What starts a plugin that nobody asked for. */
final class ActivationTest extends KernelTest {

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    private static PluginJar worker(String activation) {
        return worker("worker", activation);
    }

    private static PluginJar worker(String id, String activation) {
        return PluginJar.of(id)
                .yaml("activation: {" + activation + "}")
                .capability("work", "return Future.succeededFuture(\"done\");")
                .capability("rest", "return Future.succeededFuture(\"slept\");");
    }

    private static CallException refused(Future<?> call) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> await(call));
        return assertInstanceOf(CallException.class, thrown.getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"idleStop: 100ms", "onStart: true, onCapability: [work], idleStop: 100ms"})
    void oneThatWasStoppedForWantOfWorkStartsAgainWhenItIsNeeded(String activation) throws Exception {
        load(worker(activation));
        awaitState("worker", PluginState.INSTALLED);
        assertEquals("done", await(kernel.<String>call("worker", "work", null)));
        awaitState("worker", PluginState.INSTALLED);
        assertEquals("slept", await(kernel.<String>call("worker", "rest", null)));
    }

    @Test
    void oneThatTheOperatorStoppedAfterwardsStaysStopped() throws Exception {
        load(worker("idleStop: 100ms"));
        awaitState("worker", PluginState.INSTALLED);
        await(kernel.stop("worker"));
        assertEquals(
                FailureKind.NOT_RUNNING,
                refused(kernel.call("worker", "work", null)).kind());
    }

    @Test
    void aCapabilityThatNoManifestDeclaresLoadsNothing() throws Exception {
        install(worker("onCapability: [work]"));
        CallException refusal = refused(kernel.call("worker", "wrok", null));
        assertEquals(FailureKind.NO_SUCH_CAPABILITY, refusal.kind());
        assertTrue(refusal.getMessage().contains("It offers [rest, work]"), refusal.getMessage());
        assertEquals(List.of(), notes());
    }

    @Test
    void aCapabilityThatIsNotAmongOnCapabilityLoadsNothing() throws Exception {
        install(worker("onCapability: [work]"));
        assertEquals(
                FailureKind.NOT_RUNNING,
                refused(kernel.call("worker", "rest", null)).kind());
        assertEquals(List.of(), notes());
        assertEquals("done", await(kernel.<String>call("worker", "work", null)));
        assertEquals("slept", await(kernel.<String>call("worker", "rest", null)));
    }

    /** The one that does not start it is refused on its own: the calls behind it must not be refused with it. */
    @Test
    void aCallThatStartsItIsNotRefusedForOneThatDoesNot() throws Exception {
        for (int round = 0; round < 15; round++) {
            String id = "worker-" + round;
            install(worker(id, "onCapability: [work]"));
            Future<String> first = kernel.call(id, "rest", null);
            Future<String> second = kernel.call(id, "work", null);
            Future<String> third = kernel.call(id, "rest", null);
            assertEquals(FailureKind.NOT_RUNNING, refused(first).kind());
            assertEquals("done", await(second));
            assertEquals("slept", await(third));
        }
    }

    @Test
    void aTimeThatIsTooLongIsRefusedWithTheManifest() throws Exception {
        for (String lines : List.of("activation: {idleStop: 99999999h}", "limits: {steps: {start: 99999999h}}")) {
            String told = assertThrows(
                            ExecutionException.class,
                            () -> await(kernel.install(ArtifactSource.path(
                                    PluginJar.of("patient").yaml(lines).in(folder)))))
                    .getCause()
                    .getMessage();
            assertTrue(told.contains("at most 9999h"), told);
        }
        install(PluginJar.of("patient")
                .yaml("limits: {steps: {start: 9999h, stop: 999999m}}\nactivation: {idleStop: 9999h}"));
        assertEquals(PluginState.RUNNING, await(kernel.load("patient")).state());
    }
}
