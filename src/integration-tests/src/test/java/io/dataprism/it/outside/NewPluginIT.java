package io.dataprism.it.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** What an IDE does: it runs the project's test in a JVM that connects to its debugger. */
    @Test
    void aBreakpointInThePluginStopsItsTestWithWhatItWorksOn() throws Exception {
        Path project = folder.resolve("my-stopped");
        new PluginProject(NewPlugin.of(new PluginId("my-stopped"), Category.UTILITY)).writeTo(project);
        Path source = sourceOf(project, "MyStoppedPlugin.java");
        String type = "org.example.mystopped.MyStoppedPlugin";
        try (Debugger debugger = new Debugger()) {
            var build = CompletableFuture.supplyAsync(() -> artifacts.maven(
                    project, "test", "-Dtest=*#greetsAndTellsEverybody", "-Dmaven.surefire.debug=" + debugger.agent()));
            Optional<String> name = debugger.stopAt(type, lineOf(source, "JsonObject greeting ="), NewPluginIT::name);
            build.get(2, TimeUnit.MINUTES).mustSucceed();
            assertEquals(Optional.of("Ada"), name);
        }
    }

    private static String name(StackFrame frame) {
        try {
            return ((StringReference) frame.getValue(frame.visibleVariableByName("name"))).value();
        } catch (AbsentInformationException e) {
            throw new AssertionError("The plugin was compiled without its variables' names.", e);
        }
    }

    private static Path sourceOf(Path project, String file) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("src/main/java"))) {
            return files.filter(path -> path.endsWith(file)).findFirst().orElseThrow();
        }
    }

    private static int lineOf(Path source, String text) throws IOException {
        List<String> lines = Files.readAllLines(source);
        return 1
                + IntStream.range(0, lines.size())
                        .filter(line -> lines.get(line).contains(text))
                        .findFirst()
                        .orElseThrow();
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
