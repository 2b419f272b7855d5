package io.dataprism.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every plugin should pass. Implement it in a class annotated with {@link PluginTest} and say with {@link #samples} what a good
 * request looks like; the tests come along.
 */
public interface PluginContract {
    /** A capability of the plugin, and a request that it answers. */
    record Sample(String capability, JsonObject request) {}

    /** Requests that the plugin answers. */
    List<Sample> samples();

    /** The capabilities whose requests are JSON objects: all but {@code health}, which takes anything, unless said otherwise. */
    default Set<String> jsonCapabilities(PluginUnderTest plugin) {
        Set<String> capabilities = new TreeSet<>(plugin.manifest().capabilities());
        capabilities.remove("health");
        return capabilities;
    }

    @Test
    @DisplayName("runs, and answers each sample")
    default void answersItsSamples(PluginUnderTest plugin) {
        assertEquals(PluginState.RUNNING, plugin.state().orElseThrow());
        samples().forEach(sample -> plugin.reply(sample.capability(), sample.request()));
    }

    @Test
    @DisplayName("unloads, and nothing of it is left")
    default void leavesNothing(TestKernel kernel, PluginUnderTest plugin) {
        samples().forEach(sample -> plugin.reply(sample.capability(), sample.request()));
        plugin.unload();
        Leftovers.assertNone(kernel, plugin);
    }

    @Test
    @DisplayName("loads again after it was unloaded")
    default void loadsAgain(PluginUnderTest plugin) {
        plugin.unload();
        plugin.load();
        samples().forEach(sample -> plugin.reply(sample.capability(), sample.request()));
    }

    @Test
    @DisplayName("refuses an unknown capability as such")
    default void refusesAnUnknownCapability(PluginUnderTest plugin) {
        plugin.callFailure(FailureKind.NO_SUCH_CAPABILITY, "no-such-capability", new JsonObject());
    }

    @Test
    @DisplayName("refuses a request that is no JSON object as invalid")
    default void refusesAnInvalidRequest(PluginUnderTest plugin) {
        jsonCapabilities(plugin)
                .forEach(capability -> plugin.callFailure(FailureKind.INVALID, capability, "this is no JSON object"));
        assertEquals(PluginState.RUNNING, plugin.state().orElseThrow(), "it runs on after a bad request");
    }

    @Test
    @DisplayName("stops while calls are under way; each of them gets an answer or a reason")
    default void stopsDuringCalls(PluginUnderTest plugin) {
        List<? extends Future<?>> calls = samples().stream()
                .map(sample -> plugin.calling(sample.capability(), sample.request()))
                .toList();
        plugin.stop();
        assertEquals(PluginState.STOPPED, plugin.state().orElseThrow());
        for (Future<?> call : calls) {
            Await.until("a call to end that was under way when its plugin was stopped", call::isComplete);
            assertTrue(call.succeeded() || call.cause() instanceof CallException, () -> "ended with " + call.cause());
        }
    }
}
