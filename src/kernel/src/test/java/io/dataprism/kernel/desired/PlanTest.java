package io.dataprism.kernel.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static final PluginId CHARTS = new PluginId("charts");

    private static DesiredState desired(JsonObject charts) {
        return DesiredState.fromJson(new JsonObject().put("charts", charts));
    }

    private static JsonObject fromJar() {
        return new JsonObject().put("source", "charts.jar");
    }

    private static List<String> plan(DesiredState desired, DesiredState before, Map<PluginId, PluginState> actual) {
        Map<PluginId, WantedPlugin> applied =
                before.plugins().stream().collect(Collectors.toMap(WantedPlugin::id, wanted -> wanted));
        return Plan.between(desired, applied, actual).steps().stream()
                .map(Step::text)
                .toList();
    }

    @Test
    void bringsANewPlugin() {
        DesiredState desired = desired(fromJar().put("grants", new JsonArray().add("event-publish:charts.**")));
        assertEquals(
                List.of("install charts from charts.jar", "grant event-publish:charts.** to charts", "enable charts"),
                plan(desired, DesiredState.NOTHING, Map.of()));
    }

    @Test
    void hasNothingToDoOnceItWasCarriedOut() {
        for (PluginState state : PluginState.values()) {
            assertEquals(List.of(), plan(desired(fromJar()), desired(fromJar()), Map.of(CHARTS, state)));
        }
    }

    @Test
    void bringsBackWhatWasRemovedByHand() {
        assertEquals(
                List.of("install charts from charts.jar", "enable charts"),
                plan(desired(fromJar()), desired(fromJar()), Map.of()));
    }

    @Test
    void configuresWhatOnlyHasAnotherConfiguration() {
        DesiredState desired = desired(fromJar().put("config", new JsonObject().put("theme", "dark")));
        assertEquals(
                List.of("configure charts"), plan(desired, desired(fromJar()), Map.of(CHARTS, PluginState.RUNNING)));
    }

    @Test
    void reloadsAsAnotherArtifactWithItsConfiguration() {
        DesiredState desired = desired(
                new JsonObject().put("source", "charts-2.jar").put("config", new JsonObject().put("theme", "dark")));
        assertEquals(
                List.of("install charts from charts-2.jar", "reload charts"),
                plan(desired, desired(fromJar()), Map.of(CHARTS, PluginState.RUNNING)));
    }

    @Test
    void changesGrants() {
        DesiredState before =
                desired(fromJar().put("grants", new JsonArray().add("call:a:b").add("call:c:d")));
        DesiredState after =
                desired(fromJar().put("grants", new JsonArray().add("call:c:d").add("call:e:f")));
        assertEquals(
                List.of("revoke call:a:b from charts", "grant call:e:f to charts"),
                plan(after, before, Map.of(CHARTS, PluginState.RUNNING)));
    }

    @Test
    void deniesBeforeItGrantsAndTakesGrantsBackBeforeDenials() {
        DesiredState before =
                desired(fromJar().put("grants", new JsonArray().add("!call:a:x").add("call:a")));
        DesiredState after =
                desired(fromJar().put("grants", new JsonArray().add("call:b").add("!call:b:x")));
        assertEquals(
                List.of(
                        "revoke call:a from charts",
                        "revoke !call:a:x from charts",
                        "grant !call:b:x to charts",
                        "grant call:b to charts"),
                plan(after, before, Map.of(CHARTS, PluginState.RUNNING)));
        assertEquals(
                List.of("revoke call:a from charts", "revoke !call:a:x from charts", "remove charts"),
                plan(DesiredState.NOTHING, before, Map.of(CHARTS, PluginState.RUNNING)));
    }

    @Test
    void revokesBeforeEverythingElse() {
        DesiredState before = desired(fromJar().put("grants", new JsonArray().add("call:a:b")));
        assertEquals(
                List.of("revoke call:a:b from charts", "remove charts"),
                plan(DesiredState.NOTHING, before, Map.of(CHARTS, PluginState.RUNNING)));
        assertEquals(
                List.of("revoke call:a:b from charts", "install charts from charts.jar", "enable charts"),
                plan(desired(fromJar()), before, Map.of()),
                "a plugin that was removed by hand keeps its grants until they are revoked");
    }

    @Test
    void stopsWhatIsNotEnabledAndRemovesWhatIsNotWanted() {
        Map<PluginId, PluginState> running = Map.of(CHARTS, PluginState.RUNNING);
        assertEquals(
                List.of("stop charts"), plan(desired(fromJar().put("enabled", false)), desired(fromJar()), running));
        assertEquals(List.of("remove charts"), plan(DesiredState.NOTHING, desired(fromJar()), running));
        assertEquals(
                List.of("stop charts"),
                plan(DesiredState.NOTHING, desired(new JsonObject()), running),
                "what was installed by hand stays installed");
    }

    @Test
    void refusesGrantsThatAreNoTexts() {
        PluginException refused =
                assertThrows(PluginException.class, () -> desired(fromJar().put("grants", new JsonArray().add(1))));
        assertEquals("DP-0801", refused.code());
    }
}
