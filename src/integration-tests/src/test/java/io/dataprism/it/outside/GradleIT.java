package io.dataprism.it.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The build file that {@code docs/manifest.md} shows, word for word, run by a Gradle of its own. */
@ExtendWith(VertxExtension.class)
class GradleIT {
    private static final Pattern RECIPE = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final String COMMAND = "'dataprism', ";
    private static final String MANIFEST = """
            id: newest
            version: 1.0.0
            main: org.example.newest.NewestPlugin
            api: ^0.1
            category: utility
            capabilities: [compare]
            """;
    private static final String PLUGIN = """
            package org.example.newest;

            import io.dataprism.api.Capabilities;
            import io.dataprism.api.Plugin;
            import io.vertx.core.Future;
            import io.vertx.core.json.JsonObject;
            import org.jspecify.annotations.Nullable;
            import org.semver4j.Semver;

            public final class NewestPlugin implements Plugin {
                @Override
                public Capabilities capabilities() {
                    return Capabilities.of("compare", call -> {
                        @Nullable Semver one = Semver.parse(call.json().getString("one"));
                        return Future.succeededFuture(
                                new JsonObject().put("newer", one.isGreaterThan(call.json().getString("other"))));
                    });
                }
            }
            """;

    @TempDir
    Path folder;

    private BuiltArtifacts artifacts;
    private Path project;

    @BeforeEach
    void writeTheProject() throws IOException {
        artifacts = BuiltArtifacts.in(folder);
        project = folder.resolve("newest");
        write("settings.gradle", "rootProject.name = 'newest'\n");
        write("build.gradle", recipe());
        write("src/main/resources/plugin.yaml", MANIFEST);
        write("src/main/java/org/example/newest/NewestPlugin.java", PLUGIN);
    }

    /** Only what stands for this machine differs: the command is the build's own, which is on nobody's path. */
    private static String recipe() throws IOException {
        Matcher recipe = RECIPE.matcher(Files.readString(BuiltArtifacts.ROOT.resolve("docs/manifest.md")));
        assertTrue(recipe.find(), "docs/manifest.md shows no build file of Gradle's.");
        assertTrue(recipe.group(1).contains(COMMAND), "The build file runs no command " + COMMAND);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path jar = BuiltArtifacts.ROOT.resolve("src/app/target/dist/lib/dataprism.jar");
        assertTrue(Files.exists(jar), jar + " is missing. Run this test with 'mvn verify'.");
        return recipe.group(1).replace(COMMAND, "'" + java + "', '-jar', '" + jar + "', ");
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theJarHasItsLibraryAndRuns(Vertx vertx) throws IOException {
        Command build = artifacts.gradle(project, "check").mustSucceed();
        assertTrue(build.output().contains("ok  newest 1.0.0"), build.output());
        Path jar = project.resolve("build/libs/newest-1.0.0.jar");
        assertEquals(List.of("lib/semver4j-6.0.0.jar"), libraries(jar), "what a node provides stays out");
        try (TestKernel kernel = TestKernel.on(vertx)) {
            PluginUnderTest plugin = kernel.load(jar);
            JsonObject answer =
                    plugin.call("compare", new JsonObject().put("one", "1.10.0").put("other", "1.9.0"));
            assertTrue(answer.getBoolean("newer"), answer::encode);
        }
    }

    private static List<String> libraries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(Object::toString)
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .toList();
        }
    }

    @Test
    void anErrorInTheManifestFailsTheBuild() throws IOException {
        write("src/main/resources/plugin.yaml", MANIFEST.replace("utility", "utilty"));
        Command build = artifacts.gradle(project, "check");
        assertNotEquals(0, build.exitCode(), build.output());
        assertTrue(build.output().contains("plugin.yaml:5:"), build.output());
    }
}
