package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactReaderTest {
    @TempDir
    Path folder;

    private List<String> said(byte[] jar) throws IOException {
        Path file = Files.write(folder.resolve("weather.jar"), jar);
        return ArtifactReader.check(file).stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    private List<String> said(TestJar jar) throws IOException {
        return said(jar.bytes());
    }

    @Test
    void readsAJarWithItsLibraries() throws IOException {
        Path file = TestJar.plugin("weather", "1.0.0")
                .entry("lib/a.jar", TestJar.empty().entry("a", "a").bytes())
                .entry("lib/more/b.jar", "not a library: it is in a folder")
                .write(folder.resolve("weather.jar"));
        PluginArtifact artifact = ArtifactReader.read(file);
        assertEquals("weather@1.0.0", artifact.manifest().key().toString());
        assertEquals(List.of("lib/a.jar"), artifact.libraries());
        assertEquals(Sha256.of(file), artifact.sha256());
    }

    @Test
    void aManifestAloneIsNoPlugin() throws IOException {
        Path manifest = Files.writeString(folder.resolve("plugin.yaml"), "id: weather\n");
        assertEquals(
                manifest
                        + ": DP-0204 This is a manifest without its plugin: expected a jar or a folder. Give the plugin's jar, or its project's"
                        + " folder.",
                ArtifactReader.check(manifest).get(0).toString());
    }

    @Test
    void readsAFolderAndItsClasses() throws IOException {
        Path classes = folder.resolve("target/classes");
        Files.createDirectories(classes.resolve("org/example"));
        Files.createDirectories(classes.resolve("lib"));
        Files.writeString(classes.resolve("org/example/Main.class"), "x");
        Files.write(
                classes.resolve("lib/a.jar"), TestJar.empty().entry("a", "a").bytes());
        Files.writeString(
                classes.resolve("plugin.yaml"),
                "id: weather\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n");
        PluginArtifact artifact = ArtifactReader.read(folder);
        assertEquals(classes, artifact.file());
        assertEquals(List.of("lib/a.jar"), artifact.libraries());
        String before = artifact.sha256();
        Files.writeString(classes.resolve("org/example/Main.class"), "y");
        assertNotEquals(before, ArtifactReader.read(folder).sha256());
    }

    @Test
    void aFileThatIsNotThere() {
        assertEquals(
                List.of(
                        "nowhere.jar: DP-0203 There is no such file or folder: expected a plugin's jar or folder. Check the path."),
                ArtifactReader.check(Path.of("nowhere.jar")).stream()
                        .map(Problem::toString)
                        .toList());
    }

    @Test
    void anEmptyFile() throws IOException {
        assertEquals(
                List.of("weather.jar: DP-0204 The file is empty: expected a plugin's jar. Build or copy it again."),
                said(new byte[0]));
    }

    @Test
    void aFileThatIsNoZip() throws IOException {
        assertEquals(
                List.of(
                        "weather.jar: DP-0204 The file is no readable jar (zip END header not found): expected a zip archive. Build or"
                                + " copy it again."),
                said("hello".repeat(100).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aJarThatWasCutOff() throws IOException {
        byte[] jar = TestJar.plugin("weather", "1.0.0").bytes();
        assertEquals(
                List.of(
                        "weather.jar: DP-0204 The file is no readable jar (zip END header not found): expected a zip archive. Build or"
                                + " copy it again."),
                said(Arrays.copyOf(jar, jar.length / 2)));
    }

    @Test
    void aJarWithDamagedBytesIsRefusedWhateverTheyAre() throws IOException {
        byte[] jar = TestJar.plugin("weather", "1.0.0")
                .entry("lib/a.jar", TestJar.empty().entry("a", "a").bytes())
                .bytes();
        for (int i = 0; i < jar.length; i++) {
            byte[] damaged = jar.clone();
            damaged[i] ^= (byte) 0xFF;
            said(damaged);
        }
    }

    @Test
    void aJarWithoutManifest() throws IOException {
        assertEquals(
                List.of(
                        "weather.jar: DP-0205 It holds no plugin.yaml: expected one at its root. Add it to the plugin's resources, or"
                                + " choose a jar that is a plugin."),
                said(TestJar.empty().entry("META-INF/MANIFEST.MF", "")));
    }

    @Test
    void aManifestOfAnotherName() throws IOException {
        assertEquals(
                List.of("weather.jar: DP-0205 Its manifest is named plugin.yml: expected plugin.yaml. Rename it."),
                said(TestJar.empty().entry("plugin.yml", "id: a")));
    }

    @Test
    void severalManifests() throws IOException {
        assertEquals(
                List.of(
                        "weather.jar: DP-0206 It holds 2 manifests (plugin.yaml, plugin.yml): expected one plugin.yaml. Build each plugin"
                                + " as a jar of its own."),
                said(TestJar.plugin("weather", "1.0.0").entry("plugin.yml", "id: a")));
    }

    @Test
    void anEntryThatLeadsOutOfTheJar() throws IOException {
        for (String name : List.of("../evil.sh", "lib/../../evil.jar", "/etc/evil", "C:\\evil", "a\\..\\..\\evil")) {
            assertEquals(
                    List.of("weather.jar: DP-0207 Entry '" + name
                            + "' leads out of the jar: expected a relative name without '..'. Don't install this file; it was"
                            + " made to do harm, or by a broken tool."),
                    said(TestJar.plugin("weather", "1.0.0").entry(name, "x")));
        }
    }

    @Test
    void aLibraryThatIsNoJar() throws IOException {
        assertEquals(
                List.of(
                        "weather.jar: DP-0208 The nested library 'lib/a.jar' is no readable jar: expected a zip archive. Build the plugin"
                                + " again."),
                said(TestJar.plugin("weather", "1.0.0").entry("lib/a.jar", "not a zip")));
    }

    @Test
    void aMainClassThatIsNotThere() throws IOException {
        assertEquals(
                List.of(
                        "weather.jar!/plugin.yaml:3:7: DP-0227 'main' is 'org.example.Mian', but org/example/Mian.class is not in it. Did you"
                                + " mean 'org.example.Main'?"),
                said(TestJar.empty()
                        .manifest("id: a\nversion: 1.0.0\nmain: org.example.Mian\napi: '*'\ncategory: utility\n")
                        .entry("org/example/Main.class", "x")));
    }

    @Test
    void whatIsNotThereIsToldBesideWhatElseIsWrong() throws IOException {
        assertEquals(
                List.of("2:10 DP-0216", "3:7 DP-0227", "6:11 DP-0226"),
                ArtifactReader.check(TestJar.empty()
                                .manifest(
                                        "id: a\nversion: one\nmain: org.example.Mian\napi: '*'\ncategory: utility\nexports: [org.other]\n")
                                .entry("org/example/Main.class", "x")
                                .write(folder.resolve("several.jar")))
                        .stream()
                        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.code())
                        .toList());
    }

    @Test
    void aNestedLibraryThatBreaksOffHoldsNoMainClass() throws IOException {
        byte[] whole = TestJar.empty().entry("a", "a").entry("b", "b").bytes();
        // Within the second entry's header
        byte[] broken = java.util.Arrays.copyOf(whole, 60);
        TestJar jar = TestJar.empty()
                .manifest("id: a\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n")
                .entry("lib/code.jar", broken);
        assertEquals(
                "DP-0227",
                ArtifactReader.check(jar.write(folder.resolve("broken.jar")))
                        .get(0)
                        .code());
    }

    @Test
    void librariesThatUnpackToMoreThanMayBeReadAreRefusedAfterThatMuch() throws IOException {
        byte[] bomb = TestJar.empty()
                .entry("zeros", new byte[40 << 20])
                .entry("org/example/Main.class", "x")
                .bytes();
        Path jar = TestJar.empty()
                .manifest("id: a\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n")
                .entry("lib/bomb.jar", bomb)
                .entry("lib/other.jar", bomb)
                .write(folder.resolve("bomb.jar"));
        Inspection refused = JarReader.read(jar, "bomb.jar", 1 << 20);
        assertTrue(refused.artifact().isEmpty());
        assertEquals(
                "bomb.jar: DP-0233 Unpacked, the libraries would take more than 1 MiB (with 'lib/bomb.jar'): expected less, where a"
                        + " class that the manifest names must be looked for in them. Leave out what the plugin doesn't need, or put that"
                        + " class into the plugin's own jar.",
                refused.problems().get(0).toString());
        assertTrue(JarReader.read(jar, "bomb.jar", 100 << 20).artifact().isPresent());
    }

    @Test
    void aMainClassInANestedLibraryIsThere() throws IOException {
        TestJar jar = TestJar.empty()
                .manifest(
                        "id: a\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\nexports: [org.example]\n")
                .entry(
                        "lib/code.jar",
                        TestJar.empty().entry("org/example/Main.class", "x").bytes());
        assertEquals(List.of(), said(jar));
        assertEquals(
                List.of(
                        "weather.jar!/plugin.yaml:3:7: DP-0227 'main' is 'org.example.Mian', but org/example/Mian.class is not in it."
                                + " Compile the plugin, or correct 'main'."),
                said(jar.manifest("id: a\nversion: 1.0.0\nmain: org.example.Mian\napi: '*'\ncategory: utility\n")));
    }

    @Test
    void anExportedPackageThatIsNotThere() throws IOException {
        assertEquals(
                List.of(
                        "weather.jar!/plugin.yaml:6:11: DP-0226 'exports' names the package 'org.other', but no class of it is in it. Correct"
                                + " the name, or remove it."),
                said(TestJar.empty()
                        .manifest(
                                "id: a\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\nexports: [org.other]\n")
                        .entry("org/example/Main.class", "x")));
    }

    @Test
    void aNativeLibraryThatIsNotThere() throws IOException {
        TestJar jar = TestJar.empty()
                .manifest("id: a\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n"
                        + "nativeLibraries: [b-*.jar, a-*.jar, '*.a.jar']\n")
                .entry("org/example/Main.class", "x")
                .entry("lib/a-1.jar", TestJar.empty().entry("a", "a").bytes());
        assertEquals(
                List.of(
                        "weather.jar!/plugin.yaml:6:19: DP-0234 'nativeLibraries' names 'b-*.jar', but no jar in lib/ is called so: found"
                                + " lib/a-1.jar. Correct the name, or nest the jar.",
                        "weather.jar!/plugin.yaml:6:37: DP-0234 'nativeLibraries' names '*.a.jar', but no jar in lib/ is called so: found"
                                + " lib/a-1.jar. Correct the name, or nest the jar."),
                said(jar));
    }

    @Test
    void aWrongManifestInTheJarIsNamedWithItsPlace() throws IOException {
        assertEquals(
                List.of("weather.jar!/plugin.yaml:1:1: DP-0212 Unknown key 'ide'. Did you mean 'id'?"),
                said(TestJar.empty().manifest("ide: a\n")).stream()
                        .filter(line -> line.contains("DP-0212"))
                        .toList());
    }

    @Test
    void aPluginInAnotherLanguage() throws IOException {
        Path file = Files.writeString(folder.resolve("weather.wasm"), "x");
        assertEquals(
                "DP-0204 Plugins of this kind of file can't be run by this version: expected a jar. Build the plugin as a jar.",
                ArtifactReader.check(file)
                        .get(0)
                        .toString()
                        .substring(file.toString().length() + 2));
    }

    @Test
    void aFolderWithoutManifest() {
        ManifestException refused = assertThrows(ManifestException.class, () -> ArtifactReader.read(folder));
        assertEquals("DP-0205", refused.code());
        assertEquals(
                folder
                        + ": DP-0205 It holds no plugin.yaml: expected one in it, or in its target/classes. Compile the plugin, or choose"
                        + " the folder of its classes.",
                refused.getMessage());
    }
}
