package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of several installed versions runs: what runs keeps its own, what does not is free. */
final class VersionChoiceTest extends KernelTest {
    private static final String FAIL = "throw new IllegalStateException(\"no\");";

    private String version(String plugin) {
        return kernel.plugin(plugin).orElseThrow().version();
    }

    @Test
    void aPluginNeverStartsWithoutWhatItRequiresWhileThatIsRemoved() throws Exception {
        install(PluginJar.of("top").dependsOn("base", "^1"));
        ArtifactSource base = ArtifactSource.path(PluginJar.of("base").in(folder));
        for (int round = 0; round < 50; round++) {
            await(kernel.install(base));
            await(kernel.load("top"));
            awaitState("top", PluginState.RUNNING);
            await(kernel.remove("base"));
            soon().until(() -> kernel.plugin("top").orElseThrow().waiting().isPresent());
            assertEquals(Set.of(), kernel.plugin("top").orElseThrow().dependencies());
            assertEquals(PluginState.STOPPED, state("top"), "round " + round);
        }
    }

    @Test
    void aNewerArtifactTakesThePlaceOfOneThatFailed() throws Exception {
        install(PluginJar.of("bad").does("start", FAIL));
        failure(kernel.load("bad"));
        install(PluginJar.of("bad").version("1.0.1"));
        awaitState("bad", PluginState.RUNNING);
        assertEquals("1.0.1", version("bad"));
    }

    @Test
    void oneThatFailedIsNotTriedAgainForAnotherPluginsArtifact() throws Exception {
        install(PluginJar.of("bad").does("start", FAIL));
        failure(kernel.load("bad"));
        install(PluginJar.of("other"));
        assertEquals(PluginState.RUNNING, await(kernel.load("other")).state());
        assertEquals(PluginState.ERROR, state("bad"));
        assertEquals(1, notes().stream().filter("bad:start"::equals).count());
    }

    @Test
    void aStoppedPluginKeepsNoVersionFromOthers() throws Exception {
        load(PluginJar.of("lib"));
        await(kernel.stop("lib"));
        install(PluginJar.of("lib").version("2.0.0"));
        install(PluginJar.of("app").dependsOn("lib", "^2"));
        String waits = failure(kernel.load("app")).getMessage();
        assertTrue(waits.contains("which was stopped"), waits);
        await(kernel.start("lib"));
        assertEquals("2.0.0", version("lib"));
        awaitState("app", PluginState.RUNNING);
    }

    @Test
    void dependentsComeOnceANewerArtifactOfWhatFailedIsThere() throws Exception {
        install(PluginJar.of("lib").does("start", FAIL));
        install(PluginJar.of("app").dependsOn("lib", "*"));
        failure(kernel.load("app"));
        install(PluginJar.of("lib").version("2.0.0"));
        awaitState("app", PluginState.RUNNING);
        assertEquals("2.0.0", version("lib"));
    }

    private static LoadOptions version2() {
        return new LoadOptions(Optional.empty(), Optional.of("^2"), List.of());
    }

    @Test
    void aRangeThatNothingInstalledSuitsLeavesWhatRunsAlone() throws Exception {
        load(PluginJar.of("lib"));
        load(PluginJar.of("app").dependsOn("lib", "*"));
        PluginException refused = failure(kernel.load("lib", version2()));
        assertEquals("DP-0242", refused.code());
        assertTrue(refused.getMessage().endsWith(" It runs on as 1.0.0."), refused.getMessage());
        assertEquals(PluginState.RUNNING, state("lib"));
        assertEquals("1.0.0", version("lib"));
        await(kernel.stop("lib"));
        await(kernel.start("lib"));
        assertEquals("1.0.0", version("lib"));
        awaitState("app", PluginState.RUNNING);
        assertEquals(
                List.of("lib:stop"), notes().stream().filter("lib:stop"::equals).toList());
    }

    @Test
    void anotherVersionThatDoesNotStartGivesWayToTheOneThatRan() throws Exception {
        load(PluginJar.of("lib"));
        install(PluginJar.of("lib").version("2.0.0").does("start", FAIL));
        assertEquals("DP-0824", failure(kernel.load("lib", version2())).code());
        assertEquals(PluginState.RUNNING, state("lib"));
        assertEquals("1.0.0", version("lib"));
        await(kernel.stop("lib"));
        install(PluginJar.of("lib").version("1.1.0"));
        await(kernel.load("lib", new LoadOptions(Optional.empty(), Optional.of("^1"), List.of())));
        assertEquals("1.1.0", version("lib"));
    }

    @Test
    void theVersionThatGoesIsNotGivenTheConfigurationOfTheNext() throws Exception {
        PluginJar lib = PluginJar.of("lib").alsoImplements("Configurable");
        load(lib);
        install(lib.version("2.0.0")
                .does(
                        "start",
                        "note(\"with-\" + context.config().getString(\"word\")); return Future.succeededFuture();"));
        JsonObject config = new JsonObject().put("word", "new");
        await(kernel.load("lib", new LoadOptions(Optional.of(config), Optional.of("^2"), List.of())));
        assertEquals("2.0.0", version("lib"));
        assertTrue(notes().contains("lib:with-new"), () -> notes().toString());
        assertFalse(notes().contains("lib:configure"), () -> notes().toString());
    }

    @Test
    void aVersionThatTheConfigurationWantsComesOnceItIsThere() throws Exception {
        load(PluginJar.of("unit"));
        JsonObject wanted = new JsonObject().put("version", "^2");
        await(kernel.apply(DesiredState.fromJson(new JsonObject().put("unit", wanted))));
        assertEquals(PluginState.RUNNING, state("unit"));
        assertEquals("1.0.0", version("unit"));
        install(PluginJar.of("unit").version("2.0.0"));
        await(kernel.apply(DesiredState.fromJson(new JsonObject().put("unit", wanted))));
        assertEquals(PluginState.RUNNING, state("unit"));
        assertEquals("2.0.0", version("unit"));
    }

    @Test
    void anArtifactThatWasTakenBackIsNotStartedAgain() throws Exception {
        load(PluginJar.of("lib"));
        load(PluginJar.of("app").dependsOn("lib", "*"));
        Path broken = PluginJar.of("lib").version("2.0.0").does("start", FAIL).in(folder);
        assertEquals(
                "DP-0824",
                failure(kernel.reload("lib", ArtifactSource.path(broken))).code());
        awaitState("app", PluginState.RUNNING);
        assertEquals("1.0.0", version("lib"));
        await(kernel.unload("lib"));
        await(kernel.load("lib"));
        assertEquals("1.0.0", version("lib"));
        awaitState("app", PluginState.RUNNING);
    }

    @Test
    void theVersionsThatWereWelcomeAreSoAgainAfterAReloadThatFailed() throws Exception {
        install(PluginJar.of("lib"));
        await(kernel.load("lib", new LoadOptions(Optional.empty(), Optional.of("^1"), List.of())));
        Path broken = PluginJar.of("lib").version("2.0.0").does("start", FAIL).in(folder);
        failure(kernel.reload("lib", ArtifactSource.path(broken)));
        await(kernel.stop("lib"));
        install(PluginJar.of("lib").version("3.0.0"));
        await(kernel.start("lib"));
        assertEquals("1.0.0", version("lib"));
    }

    @Test
    void aConfigurationThatNamesAnOlderArtifactGetsIt() throws Exception {
        Path newer = PluginJar.of("unit").version("2.0.0").in(folder);
        Path older = PluginJar.of("unit").in(folder);
        await(kernel.apply(desired(newer)));
        assertEquals("2.0.0", version("unit"));
        await(kernel.apply(desired(older)));
        assertEquals("1.0.0", version("unit"));
        await(kernel.stop("unit"));
        await(kernel.start("unit"));
        assertEquals("1.0.0", version("unit"));
        await(kernel.apply(desired(newer)));
        assertEquals("2.0.0", version("unit"));
    }

    private static DesiredState desired(Path source) {
        return DesiredState.fromJson(new JsonObject().put("unit", new JsonObject().put("source", source.toString())));
    }
}
