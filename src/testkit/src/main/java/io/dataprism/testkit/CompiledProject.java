package io.dataprism.testkit;

import io.dataprism.kernel.manifest.PluginManifest;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Where a build tool or an IDE put the main classes that belong to a test class. */
final class CompiledProject {
    /** Beside the folder of the test classes: Maven and the IDEs that follow it, Eclipse's own layout. */
    private static final List<String> BESIDE = List.of("../classes", "../main");

    private CompiledProject() {}

    static Path of(Class<?> test) {
        Path tests = folder(test);
        return BESIDE.stream()
                .map(beside -> tests.resolve(beside).normalize())
                .filter(folder -> Files.exists(folder.resolve(PluginManifest.FILE)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + PluginManifest.FILE + " was found beside " + tests
                        + " (looked in " + BESIDE + "). Put it into src/main/resources, build the project,"
                        + " or name the plugin with @PluginTest(artifact = \"…\")."));
    }

    private static Path folder(Class<?> test) {
        CodeSource source = test.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new AssertionError(
                    test.getName() + " comes from no folder. Name the plugin with @PluginTest(artifact = \"…\").");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(
                    test.getName() + " comes from " + source.getLocation() + ", which is no folder.", e);
        }
    }
}
