package io.dataprism.it.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.app.scaffold.NewPlugin;
import io.dataprism.app.scaffold.PluginProject;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code plugins new} writes builds with a Maven of its own, its tests pass, and its jar runs. */
@ExtendWith(VertxExtension.class)
class NewPluginIT {
    @TempDir
    static Path folder;

    private static BuiltArtifacts artifacts;

    @BeforeAll
    static void installTheArtifacts() {
        artifacts = BuiltArtifacts.in(folder);
    }

    private static Path build(String id, Category category) {
        Path project = folder.resolve(id);
        new PluginProject(NewPlugin.of(new PluginId(id), category)).writeTo(project);
        Command build = artifacts.maven(project, "verify").mustSucceed();
        assertTrue(build.output().contains("Tests run: "), build.output());
        return project.resolve("target/" + id + "-0.1.0.jar");
    }

    @ParameterizedTest
    @EnumSource(names = {"VISUALIZATION", "PROCESSING", "INTEGRATION"})
    void aProjectOfEachCategoryBuildsAndItsTestsPass(Category category) {
        build("my-" + category.label(), category);
    }

    @Test
    void itsJarRunsInAKernel(Vertx vertx) {
        Path jar = build("my-greeter", Category.UTILITY);
        try (TestKernel kernel = TestKernel.on(vertx)) {
            PluginUnderTest plugin = kernel.load(jar);
            assertEquals(Optional.of(PluginState.RUNNING), plugin.state());
            assertEquals(
                    "Hello, Ada!",
                    plugin.call("greet", new JsonObject().put("name", "Ada")).getString("text"));
        }
    }
}
