package io.dataprism.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage in what a plugin is loaded from is found when the registry is opened. */
class StoredFilesTest {
    @TempDir
    Path folder;

    private ArtifactSource source;
    private PluginRecord installed;
    private Path home;

    @BeforeEach
    void install() throws IOException {
        byte[] random = new byte[10_000];
        new Random(1).nextBytes(random);
        source = ArtifactSource.path(TestJar.plugin("weather", "1.0.0")
                .entry("data.bin", random)
                .entry("lib/a.jar", TestJar.empty().entry("a.bin", random).bytes())
                .entry("lib/b.jar", TestJar.empty().entry("b.bin", random).bytes())
                .write(folder.resolve("weather.jar")));
        installed = open().install(source);
        home = Objects.requireNonNull(installed.artifact().file().getParent());
    }

    private PluginRegistry open() {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data")));
    }

    private String damage() {
        List<PluginException> found = open().damaged();
        assertEquals(1, found.size(), found.toString());
        assertEquals("DP-0251", found.get(0).code());
        return found.get(0).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"artifact.jar", "lib/a.jar", "lib/b.jar"})
    void aTurnedBitIsFoundWhereverItIs(String name) throws IOException {
        Path file = home.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int turn = 0; turn < 60; turn++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            String told = damage();
            assertTrue(told.contains(file + " was changed: it has " + whole.length + " bytes"), told);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        damage();
        Files.delete(file);
        assertTrue(damage().contains(file + " can't be read"), name);
        Files.write(file, whole);
        assertEquals(List.of(), open().damaged());
        assertEquals(installed, open().require("weather"));
    }

    @Test
    void aDamagedLibraryIsMendedByInstallingAgain() throws IOException {
        Path library = home.resolve("lib/a.jar");
        byte[] whole = Files.readAllBytes(library);
        Files.write(library, Arrays.copyOf(whole, 100));
        PluginRegistry registry = open();
        assertEquals(1, registry.damaged().size());
        registry.install(source);
        assertArrayEquals(whole, Files.readAllBytes(library));
        assertEquals(List.of(), open().damaged());
    }

    /** As a version before this one wrote it. */
    private void makeOld() throws IOException {
        Path record = home.resolve("record.json");
        String old = Files.readString(record)
                .replaceAll("(?s),\\s*\"size\".*?\"crc32c\" : \"[0-9a-f]+\"", "")
                .replace("\"format\" : 3", "\"format\" : 1");
        assertFalse(old.contains("crc32c"), old);
        Files.writeString(record, old);
    }

    @Test
    void anOldRecordIsReadAndBroughtUpToDate() throws IOException {
        String before = Files.readString(home.resolve("record.json"));
        makeOld();
        PluginRegistry registry = open();
        assertEquals(List.of(), registry.damaged());
        assertEquals(installed, registry.require("weather"));
        assertEquals(before, Files.readString(home.resolve("record.json")));
    }

    @Test
    void withAnOldRecordDamageIsFoundByTheHash() throws IOException {
        makeOld();
        byte[] jar = Files.readAllBytes(home.resolve("artifact.jar"));
        TestJar.plugin("weather", "1.0.0").entry("evil", "x").write(home.resolve("artifact.jar"));
        assertTrue(damage().contains("its SHA-256 is"));
        Files.write(home.resolve("artifact.jar"), jar);
        Files.writeString(home.resolve("lib/a.jar"), "cut off");
        assertTrue(damage().contains("lib/a.jar was changed"));
    }

    /** Somebody who can write there can write the record, too: no start tells that, only the hash does. */
    @Test
    void whatWasChangedTogetherWithItsRecordIsFoundByExaminingIt() throws IOException {
        Path jar = home.resolve("artifact.jar");
        TestJar.plugin("weather", "1.0.0").entry("evil", "x").write(jar);
        RecordFile record = RecordFile.read(home);
        record.checking(jar).replaceIn(home, Durable.WHILE_RUNNING);
        assertEquals(List.of(), open().damaged());
        List<PluginException> found = PluginRegistry.examine(folder.resolve("data"));
        assertEquals(1, found.size());
        assertTrue(found.get(0).getMessage().contains("its SHA-256 is"), found.toString());
    }

    @Test
    void nothingIsWrongWithWhatIsWhole() throws IOException {
        assertEquals(List.of(), PluginRegistry.examine(folder.resolve("data")));
        assertEquals(List.of(), PluginRegistry.examine(folder.resolve("nowhere")));
        Files.delete(home.resolve("record.json"));
        assertTrue(PluginRegistry.examine(folder.resolve("data"))
                .get(0)
                .getMessage()
                .contains("has no record.json"));
    }
}
