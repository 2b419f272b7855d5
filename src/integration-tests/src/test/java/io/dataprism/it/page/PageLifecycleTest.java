package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.EventProbe;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageLifecycleTest extends PageTest {
    /** Publishes each of its steps, and fails in the one that its configuration names. */
    public static final class Steps implements Plugin {
        private PluginContext context;

        @Override
        public Future<Void> initialize(PluginContext given) {
            context = given;
            return step("initialize");
        }

        @Override
        public Future<Void> start() {
            return step("start");
        }

        @Override
        public Future<Void> stop() {
            return step("stop");
        }

        @Override
        public Future<Void> destroy() {
            return step("destroy");
        }

        private Future<Void> step(String name) {
            Future<Void> told = context.events().publish("steps", name).mapEmpty();
            return name.equals(context.config().getString("fail"))
                    ? told.compose(done -> Future.failedFuture(new IllegalStateException("no " + name + " today")))
                    : told;
        }
    }

    /** Has nothing but a name. */
    public static final class Bare implements Plugin {}

    private PluginUnderTest steps(String failing) {
        return kernel.install(PluginJar.of("steps").main(Steps.class).requests("event-publish:steps"))
                .configured(json().put("fail", failing));
    }

    private static List<Object> bodies(EventProbe probe, int count) {
        return probe.await(count).stream().map(event -> (Object) event.body()).toList();
    }

    private static List<String> states(EventProbe probe) {
        return probe.seen().stream()
                .map(event -> event.topic().substring("plugin.steps.".length()))
                .toList();
    }

    /** The plugin's own steps and its states in the order in which they came: one probe, so that the two are in one order. */
    private static List<String> stepsAndStates(EventProbe all) {
        return all.seen().stream()
                .filter(event -> event.topic().equals("steps") || event.topic().startsWith("plugin.steps."))
                .map(event -> event.topic().equals("steps")
                        ? (String) event.body()
                        : event.topic().substring("plugin.steps.".length()))
                .toList();
    }

    @Test
    @DisplayName("Lifecycle: loadPlugin: loading, initialize, initialized, start, running")
    void loads() {
        EventProbe all = kernel.events("**");
        PluginUnderTest plugin = steps("").load();
        all.await("running", event -> event.topic().endsWith(".running"));
        assertEquals(List.of("loading", "initialize", "initialized", "start", "running"), stepsAndStates(all));
        assertEquals(Optional.of(PluginState.RUNNING), plugin.state());
    }

    @Test
    @DisplayName("Lifecycle: unloadPlugin: stopping, stop, destroy, and it is gone")
    void unloads() {
        PluginUnderTest plugin = steps("").load();
        EventProbe all = kernel.events("**");
        plugin.unload();
        all.await("installed", event -> event.topic().equals("plugin.steps.installed"));
        assertEquals(List.of("stopping", "stop", "destroy", "stopped", "installed"), stepsAndStates(all));
        assertEquals(Optional.of(PluginState.INSTALLED), plugin.state());
        plugin.callFailure(FailureKind.NOT_RUNNING, "any", json());
    }

    @Test
    @DisplayName("Lifecycle: unloadPlugin: if (!plugin) return: unloading what is not loaded changes nothing")
    void unloadingTwiceChangesNothing() {
        PluginUnderTest plugin = steps("").load();
        EventProbe steps = kernel.events("steps");
        plugin.unload();
        Optional<PluginInfo> before = plugin.info();
        plugin.unload();
        assertEquals(before, plugin.info());
        assertEquals(Optional.of(PluginState.INSTALLED), plugin.state());
        catchUp(steps, "steps");
        assertEquals(
                List.of("stop", "destroy"),
                steps.seen().stream()
                        .limit(steps.seen().size() - 1)
                        .map(Event::body)
                        .toList());
    }

    @Test
    @DisplayName("Lifecycle: initialize, start, stop and destroy are each optional")
    void stepsAreOptional() {
        PluginUnderTest bare = kernel.load(PluginJar.of("bare").main(Bare.class));
        assertEquals(Optional.of(PluginState.RUNNING), bare.state());
        bare.unload();
    }

    @Test
    @DisplayName(
            "Lifecycle: loadPlugin: catch: state 'error', and the error reaches the caller; what was done is undone")
    void aFailingStartIsAnError() {
        EventProbe steps = kernel.events("steps");
        PluginUnderTest plugin = steps("start");
        PluginException failure = plugin.loadFailure();
        assertTrue(failure.getMessage().contains("no start today"), failure.getMessage());
        assertEquals(Optional.of(PluginState.ERROR), plugin.state());
        assertTrue(
                plugin.info().orElseThrow().failure().orElseThrow().message().contains("no start today"),
                "the cause stays readable");
        assertEquals(List.of("initialize", "start"), bodies(steps, 2));
        Await.until(
                "destroy to be called", () -> steps.seen().stream().anyMatch(event -> "destroy".equals(event.body())));
    }

    @Test
    @DisplayName("Lifecycle: initializePlugin: a failing initialize is an error and start is never called")
    void aFailingInitializeIsAnError() {
        EventProbe steps = kernel.events("steps");
        PluginUnderTest plugin = steps("initialize");
        assertTrue(plugin.loadFailure().getMessage().contains("no initialize today"));
        assertEquals(Optional.of(PluginState.ERROR), plugin.state());
        catchUp(steps, "steps");
        assertTrue(steps.seen().stream().noneMatch(event -> "start".equals(event.body())));
    }

    @Test
    @DisplayName("Lifecycle: destroyPlugin: a failing destroy is told as well")
    void aFailingDestroyIsTold() {
        PluginUnderTest plugin = steps("destroy").load();
        Throwable failure = Await.failure("stop", kernel.kernel().stop("steps"));
        assertTrue(failure.getMessage().contains("no destroy today"), failure.getMessage());
        assertEquals(Optional.of(PluginState.ERROR), plugin.state());
    }

    @Test
    @DisplayName("Lifecycle: unloadPlugin: catch: a failing stop is told, and destroy is called all the same")
    void aFailingStopIsTold() {
        EventProbe steps = kernel.events("steps");
        EventProbe states = kernel.events("plugin.steps.*");
        PluginUnderTest plugin = steps("stop").load();
        Throwable failure = Await.failure("unload", kernel.kernel().unload("steps"));
        assertTrue(failure.getMessage().contains("no stop today"), failure.getMessage());
        assertEquals(List.of("initialize", "start", "stop", "destroy"), bodies(steps, 4));
        states.await("installed again", event -> event.topic().equals("plugin.steps.installed"));
        assertEquals(List.of("loading", "initialized", "running", "stopping", "error", "installed"), states(states));
        assertEquals(Optional.of(PluginState.INSTALLED), plugin.state(), "all that it had was taken back");
    }

    @Test
    @DisplayName("Lifecycle: stopPlugin: a failing stop leaves the plugin in state 'error', and the cause readable")
    void aFailingStopIsAnError() {
        PluginUnderTest plugin = steps("stop").load();
        Throwable failure = Await.failure("stop", kernel.kernel().stop("steps"));
        assertTrue(failure.getMessage().contains("no stop today"), failure.getMessage());
        assertEquals(Optional.of(PluginState.ERROR), plugin.state());
        assertTrue(
                plugin.info().orElseThrow().failure().orElseThrow().message().contains("no stop today"),
                "the cause stays readable");
    }
}
