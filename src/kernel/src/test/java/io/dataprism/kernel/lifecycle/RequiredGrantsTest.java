package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A plugin that asks for more than it was granted runs without, or does not start, as its manifest says. */
final class RequiredGrantsTest extends KernelTest {
    private static final String NEWS = "event-publish:news.*";

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    private static PluginJar news(String version, boolean more, boolean required) {
        String wants = "permissions:\n  - {permission: 'event-publish:old.*', reason: old}\n"
                + (more ? "  - {permission: '" + NEWS + "', reason: new, required: " + required + "}\n" : "");
        return PluginJar.of("news").version(version).yaml(wants);
    }

    private void grant(String permission) {
        kernel.grants().grant(new PluginId("news"), permission, "operator", "");
    }

    private PluginInfo info() {
        return kernel.plugin("news").orElseThrow();
    }

    @Test
    void itStartsOnceWhatItCannotDoWithoutIsGranted() throws Exception {
        install(news("1.0.0", true, true));
        PluginException waits = failure(kernel.load("news"));
        assertEquals("DP-0929", waits.code());
        assertTrue(
                waits.getMessage()
                        .contains(
                                "Plugin 'news' 1.0.0 does not start without 'event-publish:news.*', as its manifest says"),
                waits.getMessage());
        assertTrue(waits.getMessage().endsWith("dataprism grants add news event-publish:news.*"), waits.getMessage());
        assertFalse(info().state().isActive());
        grant(NEWS);
        awaitState("news", PluginState.RUNNING);
    }

    @Test
    void withoutTheOthersItRuns() throws Exception {
        install(news("1.0.0", true, false));
        await(kernel.load("news"));
        assertEquals(PluginState.RUNNING, state("news"));
    }

    @Test
    void aNewVersionThatWantsMoreLeavesTheOldOneRunningUntilItIsGranted() throws Exception {
        install(news("1.0.0", false, false));
        grant("event-publish:old.*");
        await(kernel.load("news"));
        ArtifactSource next = ArtifactSource.path(news("1.1.0", true, true).in(folder));
        PluginException refused = failure(kernel.reload("news", next));
        assertEquals("DP-0929", refused.code());
        assertTrue(refused.getMessage().endsWith(" It runs on as 1.0.0."), refused.getMessage());
        assertEquals("1.0.0", info().version());
        assertEquals(PluginState.RUNNING, state("news"));
        grant(NEWS);
        await(kernel.reload("news", next));
        assertEquals("1.1.0", info().version());
    }

    @Test
    void aNewVersionThatRunsWithoutHasTheOldGrants() throws Exception {
        install(news("1.0.0", false, false));
        grant("event-publish:old.*");
        await(kernel.load("news"));
        await(kernel.reload(
                "news", ArtifactSource.path(news("1.1.0", true, false).in(folder))));
        assertEquals("1.1.0", info().version());
        assertEquals(
                "event-publish:old.*",
                kernel.grants()
                        .grants(Caller.plugin(new PluginId("news")))
                        .get(0)
                        .rule()
                        .toString());
    }

    @Test
    void theReviewTellsWhatIsNew() throws Exception {
        install(news("1.0.0", false, false));
        JsonObject review = await(kernel.control()
                .invoke(
                        Caller.OPERATOR,
                        "plugins",
                        "review",
                        new JsonObject()
                                .put(
                                        "source",
                                        news("1.1.0", true, true).in(folder).toString())));
        assertEquals("1.0.0", review.getString("before"));
        JsonArray asks = review.getJsonArray("asks");
        assertFalse(asks.getJsonObject(0).getBoolean("new"));
        assertTrue(asks.getJsonObject(1).getBoolean("new"));
        assertTrue(asks.getJsonObject(1).getBoolean("required"));
    }
}
