package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plugins that the operator holds. */
final class SuspendedTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    private static PluginJar listener(String id) {
        return PluginJar.of(id)
                .permission("event-subscribe:tick")
                .does(
                        "start",
                        "return context.events().subscribe(\"tick\", event -> note(\"tick \" + event.body())).mapEmpty();")
                .capability("ping", "return Future.succeededFuture(\"pong\");")
                .yaml("supervision: {pause: 1ms..5ms}");
    }

    private void load(PluginJar jar, String grant) throws Exception {
        await(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT.grants(grant)));
    }

    private static List<String> ticks() {
        return notes().stream().filter(note -> note.contains("tick")).toList();
    }

    private JsonObject control(String verb) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", verb, new JsonObject().put("id", "held")));
    }

    /** Served behind all that waited when this is called, by one that nobody holds. */
    private void afterAnother() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertEquals("pong", await(kernel.<String>call("other", "ping", null)));
        }
    }

    @Test
    void whatComesWaitsAndCallsFailUntilItIsResumed() throws Exception {
        load(listener("held"), "event-subscribe:tick");
        load(listener("other"), "event-subscribe:tick");
        JsonObject suspended = control("suspend");
        assertEquals("suspended", suspended.getString("state"));
        assertEquals("It was suspended by the operator.", suspended.getString("reason"));
        assertEquals("suspended", control("suspend").getString("state"), "twice is once");
        for (int i = 0; i < 5; i++) {
            await(kernel.events().publish("tick", i));
        }
        soon().until(() -> notes().contains("other:tick 4"));
        afterAnother();
        assertEquals(
                List.of(),
                ticks().stream().filter(tick -> tick.startsWith("held")).toList());
        CallException refused = assertInstanceOf(CallException.class, failure(kernel.call("held", "ping", null)));
        assertEquals(FailureKind.NOT_RUNNING, refused.kind());
        assertEquals("DP-0667", refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("plugins resume held"), refused.getMessage());
        assertEquals("running", control("resume").getString("state"));
        assertEquals("pong", await(kernel.<String>call("held", "ping", null)));
        assertEquals(
                List.of("held:tick 0", "held:tick 1", "held:tick 2", "held:tick 3", "held:tick 4"),
                ticks().stream().filter(tick -> tick.startsWith("held")).toList());
        assertEquals("DP-0667", failure(kernel.resume("held")).code());
    }

    @Test
    void itIsStoppedFromThere() throws Exception {
        load(listener("held"), "event-subscribe:tick");
        assertEquals(PluginState.SUSPENDED, await(kernel.suspend("held")).state());
        await(kernel.events().publish("tick", 1));
        assertEquals(PluginState.STOPPED, await(kernel.stop("held")).state());
        assertTrue(notes().contains("held:stop") && notes().contains("held:destroy"), notes().toString());
        assertEquals("DP-0667", failure(kernel.suspend("held")).code());
        assertEquals(PluginState.RUNNING, await(kernel.start("held")).state());
        assertEquals("pong", await(kernel.<String>call("held", "ping", null)));
    }

    /** Whoever is held can't free itself, nor is it freed by what it requires. */
    @Test
    void oneThatComesBackIsSuspendedAgain() throws Exception {
        super.load(PluginJar.of("base")
                .capability("break", "context.fail(new Error(\"lost\")); return Future.succeededFuture();")
                .yaml("supervision: {pause: 1ms..5ms}"));
        load(listener("held").dependsOn("base", "*"), "event-subscribe:tick");
        await(kernel.suspend("held"));
        PluginJar.notes().clear();
        kernel.call("base", "break", null);
        soon().until(() -> notes().contains("held:start") && state("held") == PluginState.SUSPENDED);
        await(kernel.events().publish("tick", 1));
        assertEquals("DP-0667", failure(kernel.call("held", "ping", null)).code());
        assertEquals(List.of(), ticks());
        assertEquals(PluginState.RUNNING, await(kernel.resume("held")).state());
        soon().until(() -> ticks().equals(List.of("held:tick 1")));
    }
}
