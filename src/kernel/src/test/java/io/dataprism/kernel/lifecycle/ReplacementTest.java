package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Artifacts that came to take a plugin's place and did not: nothing is left of them. */
final class ReplacementTest extends KernelTest {
    private static final String FAIL = "throw new IllegalStateException(\"no\");";

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withDevMode(true);
    }

    private String version(String plugin) {
        return kernel.plugin(plugin).orElseThrow().version();
    }

    @Test
    void anotherBuildOfTheSameVersionThatDoesNotStartIsNotKept() throws Exception {
        load(PluginJar.of("unit"));
        Path broken = PluginJar.of("unit").does("start", FAIL).in(Files.createDirectory(folder.resolve("broken")));
        assertEquals(
                "DP-0824",
                failure(kernel.reload("unit", ArtifactSource.path(broken))).code());
        assertEquals(PluginState.RUNNING, state("unit"));
        await(kernel.stop("unit"));
        assertEquals(PluginState.RUNNING, await(kernel.start("unit")).state());
    }

    @Test
    void anArtifactThatLacksSomethingIsNotKept() throws Exception {
        load(PluginJar.of("unit"));
        Path lacking =
                PluginJar.of("unit").version("1.1.0").dependsOn("other", "*").in(folder);
        assertEquals(
                "DP-0241",
                failure(kernel.reload("unit", ArtifactSource.path(lacking))).code());
        assertEquals(PluginState.RUNNING, state("unit"));
        install(PluginJar.of("other"));
        await(kernel.stop("unit"));
        await(kernel.start("unit"));
        assertEquals("1.0.0", version("unit"));
    }

    @Test
    void oneThatWasInstalledBeforeIsKept() throws Exception {
        load(PluginJar.of("unit"));
        Path lacking =
                PluginJar.of("unit").version("1.1.0").dependsOn("other", "*").in(folder);
        await(kernel.install(ArtifactSource.path(lacking)));
        assertEquals(
                "DP-0241",
                failure(kernel.reload("unit", ArtifactSource.path(lacking))).code());
        install(PluginJar.of("other"));
        await(kernel.stop("unit"));
        await(kernel.start("unit"));
        assertEquals("1.1.0", version("unit"));
    }

    @Test
    void whatFailedStartsOnceWithTheArtifactAndTheSettingsThatTheConfigurationNamesNext() throws Exception {
        Path broken = PluginJar.of("unit").does("start", FAIL).in(folder);
        Path mended = PluginJar.of("unit")
                .version("1.0.1")
                .does(
                        "start",
                        "note(\"with-\" + context.config().getString(\"word\")); return Future.succeededFuture();")
                .in(folder);
        await(kernel.apply(desired(broken, "old")));
        assertEquals(PluginState.ERROR, state("unit"));
        await(kernel.apply(desired(mended, "new")));
        assertEquals(PluginState.RUNNING, state("unit"));
        assertEquals(2, Collections.frequency(notes(), "unit:start"), () -> notes().toString());
        assertTrue(notes().contains("unit:with-new"), () -> notes().toString());
    }

    private static DesiredState desired(Path source, String word) {
        return DesiredState.fromJson(new JsonObject()
                .put(
                        "unit",
                        new JsonObject()
                                .put("source", source.toString())
                                .put("version", "*")
                                .put("config", new JsonObject().put("word", word))));
    }

    @Test
    void aPluginThatAnotherNeedsStartsOnceWithTheSettingsOfTheConfiguration() throws Exception {
        Path base = PluginJar.of("zbase")
                .does(
                        "start",
                        "note(\"with-\" + context.config().getString(\"word\")); return Future.succeededFuture();")
                .in(folder);
        Path top = PluginJar.of("atop").dependsOn("zbase", "*").in(folder);
        for (int round = 1; round <= 20; round++) {
            PluginJar.notes().clear();
            await(kernel.apply(DesiredState.fromJson(new JsonObject()
                    .put("atop", new JsonObject().put("source", top.toString()))
                    .put(
                            "zbase",
                            new JsonObject()
                                    .put("source", base.toString())
                                    .put("config", new JsonObject().put("word", "new"))))));
            assertEquals(PluginState.RUNNING, state("atop"));
            assertEquals(1, Collections.frequency(notes(), "zbase:start"), () -> notes().toString());
            await(kernel.apply(DesiredState.NOTHING));
        }
    }
}
