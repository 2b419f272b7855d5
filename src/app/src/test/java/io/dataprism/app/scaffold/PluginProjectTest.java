package io.dataprism.app.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Category;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.kernel.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginProjectTest {
    @TempDir
    private Path folder;

    private static NewPlugin weather(Category category) {
        return NewPlugin.of(new PluginId("weather-import"), category);
    }

    @ParameterizedTest
    @EnumSource
    void writesAProjectForEachCategory(Category category) throws IOException {
        List<Path> files = new PluginProject(weather(category)).writeTo(folder.resolve("weather"));
        List<String> names = files.stream()
                .map(file ->
                        folder.resolve("weather").relativize(file).toString().replace('\\', '/'))
                .toList();
        assertEquals(
                List.of(
                        "pom.xml",
                        "src/main/resources/plugin.yaml",
                        "src/main/java/org/example/weatherimport/WeatherImportPlugin.java",
                        "src/test/java/org/example/weatherimport/WeatherImportPluginTest.java",
                        "README.md",
                        ".gitignore",
                        ".dataprism/plugin-manifest.schema.json"),
                names);
        for (Path file : files) {
            assertFalse(Files.readString(file).contains("{{"), file + " has an unfilled place");
        }
        assertTrue(Files.readString(folder.resolve("weather/README.md"))
                .contains("\n./dataprism plugins start weather-import\n"));
        String manifest = Files.readString(folder.resolve("weather/src/main/resources/plugin.yaml"));
        assertTrue(manifest.contains("category: " + category.label()), manifest);
        assertTrue(manifest.startsWith("# yaml-language-server: $schema="), manifest);
        assertEquals(
                List.of(),
                ManifestReader.read("plugin.yaml", manifest.getBytes(UTF_8)).problems());
    }

    @Test
    void neverWritesIntoAFolderThatHoldsSomething() throws IOException {
        Path mine = Files.writeString(folder.resolve("pom.xml"), "mine");
        CommandFailure refusal =
                assertThrows(CommandFailure.class, () -> new PluginProject(weather(Category.UTILITY)).writeTo(folder));
        assertEquals("DP-0922", refusal.code());
        assertEquals(ExitCode.TAKEN, refusal.exitCode());
        assertEquals("mine", Files.readString(mine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"weather", "Org.Example", "org..example", "org.1a", "org.example;", ""})
    void refusesAPackageThatIsNone(String name) {
        PluginException refusal =
                assertThrows(PluginException.class, () -> new NewPlugin(new PluginId("a"), Category.UTILITY, name));
        assertEquals("DP-0921", refusal.code());
    }
}
