package io.dataprism.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.manifest.TestJar;
import io.dataprism.kernel.manifest.Version;
import io.dataprism.kernel.manifest.VersionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginRegistryTest {
    private static final PluginId WEATHER = new PluginId("weather");

    @TempDir
    Path folder;

    private PluginRegistry open() {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data")));
    }

    private PluginRegistry openForDevelopment() {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data")).withDevMode(true));
    }

    private ArtifactSource jar(String id, String version, String... entries) throws IOException {
        TestJar jar = TestJar.plugin(id, version);
        for (String entry : entries) {
            jar.entry(
                    entry,
                    entry.endsWith(".jar") ? TestJar.empty().entry("x", "x").bytes() : entry.getBytes());
        }
        return ArtifactSource.path(jar.write(folder.resolve(id + "-" + version + "-" + entries.length + ".jar")));
    }

    private static List<String> keys(PluginRegistry registry) {
        return registry.all().stream().map(record -> record.key().toString()).toList();
    }

    @Test
    void aNewBuildOfAPluginThatComesWithTheProgramReplacesTheStoredOne() throws IOException {
        Path first = ((ArtifactSource.OnDisk) jar("weather", "1.0.0")).path();
        Path rebuilt = ((ArtifactSource.OnDisk) jar("weather", "1.0.0", "more.txt")).path();
        // As a data folder of an earlier program has it: the jar's plain path is its source.
        open().install(ArtifactSource.path(first));
        PluginRegistry registry = open();
        PluginRecord replaced = registry.install(ArtifactSource.shipped(rebuilt));
        assertEquals(Sha256.of(rebuilt), replaced.artifact().sha256());
        assertEquals("shipped:" + rebuilt, replaced.source());
        assertEquals(
                "DP-0202",
                assertThrows(PluginException.class, () -> registry.install(ArtifactSource.path(first)))
                        .code());
        assertEquals(List.of(replaced.artifact().sha256()), hashes(open()));
        PluginRegistry again = open();
        again.install(ArtifactSource.shipped(first));
        assertEquals(List.of(Sha256.of(first)), hashes(again));
        assertEquals(List.of(Sha256.of(first)), hashes(open()));
    }

    @Test
    void aTextCannotSayThatAnArtifactComesWithTheProgram() throws IOException {
        Path first = ((ArtifactSource.OnDisk) jar("weather", "1.0.0")).path();
        for (String text : List.of("shipped:" + first, "shipped:weather")) {
            PluginException refused = assertThrows(PluginException.class, () -> ArtifactSource.parse(text));
            assertEquals("DP-0231", refused.code());
        }
    }

    private static List<String> hashes(PluginRegistry registry) {
        return registry.all().stream().map(record -> record.artifact().sha256()).toList();
    }

    @Test
    void keepsSeveralVersionsNewestFirst() throws IOException {
        PluginRegistry registry = open();
        for (String version : List.of("1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1")) {
            registry.install(jar("weather", version));
        }
        registry.install(jar("alpha", "1.0.0"));
        assertEquals(
                List.of("alpha@1.0.0", "weather@2.0.0-rc.1", "weather@1.10.0", "weather@1.9.0", "weather@1.0.0"),
                keys(registry));
        assertEquals("1.10.0", registry.require("weather").version().toString());
        assertEquals(
                "1.9.0",
                registry.newest(WEATHER, VersionRange.of("<1.10"))
                        .orElseThrow()
                        .version()
                        .toString());
        assertEquals(4, registry.versions(WEATHER).size());
        assertEquals(List.of(), registry.versions(new PluginId("weathe")));
    }

    @Test
    void remembersWhatIsInstalled() throws IOException {
        PluginRecord before = open().install(jar("weather", "1.0.0", "lib/a.jar"));
        PluginRecord after = open().require("weather");
        assertEquals(before.artifact().sha256(), after.artifact().sha256());
        assertEquals(before.source(), after.source());
        assertEquals(before.installed(), after.installed());
        assertEquals(before.classPath(), after.classPath());
        for (Path path : after.classPath()) {
            assertTrue(Files.isRegularFile(path), path::toString);
        }
        assertEquals(
                List.of("artifact.jar", "a.jar"),
                after.classPath().stream()
                        .map(path -> path.getFileName().toString())
                        .toList());
        assertEquals(after.artifact().sha256(), Sha256.of(after.classPath().get(0)));
    }

    @Test
    void anArtifactThatIsRemovedBeforeAnotherIsComparedWithItStopsNoInstallation() throws IOException {
        PluginRegistry registry = open();
        Files.delete(registry.install(jar("weather", "1.0.0")).artifact().file());
        registry.install(jar("alpha", "1.0.0"));
        assertEquals(List.of("alpha@1.0.0", "weather@1.0.0"), keys(registry));
    }

    @Test
    void installingTheSameAgainChangesNothing() throws IOException {
        PluginRegistry registry = open();
        PluginRecord first = registry.install(jar("weather", "1.0.0"));
        assertEquals(first, registry.install(jar("weather", "1.0.0")));
        assertEquals(List.of("weather@1.0.0"), keys(registry));
    }

    @Test
    void anArtifactIsKnownAgainAmongOthersOfItsSize() throws IOException {
        PluginRegistry registry = open();
        PluginRecord one = registry.install(jar("alpha", "1.0.0"));
        PluginRecord other = registry.install(jar("omega", "1.0.0"));
        assertEquals(
                Files.size(one.artifact().file()), Files.size(other.artifact().file()));
        assertSame(one, registry.install(jar("alpha", "1.0.0")));
        assertSame(other, registry.install(jar("omega", "1.0.0")));
        registry.remove(one.key());
        assertSame(other, registry.install(jar("omega", "1.0.0")));
        assertNotSame(one, registry.install(jar("alpha", "1.0.0")));
    }

    @Test
    void whoFollowsLearnsOfEachPluginThatComesOrGoes() throws IOException {
        PluginRegistry registry = open();
        registry.install(jar("weather", "1.0.0"));
        List<String> heard = new ArrayList<>();
        registry.follow(id -> heard.add(id.value()));
        assertEquals(List.of("weather"), heard);
        PluginRecord alpha = registry.install(jar("alpha", "1.0.0"));
        registry.install(jar("alpha", "1.0.0"));
        registry.remove(alpha.key());
        assertEquals(List.of("weather", "alpha", "alpha"), heard);
    }

    @Test
    void forgetsWhatIsRemoved() throws IOException {
        PluginRegistry registry = open();
        PluginRecord record = registry.install(jar("weather", "1.0.0"));
        assertTrue(registry.remove(record.key()));
        assertFalse(registry.remove(record.key()));
        assertEquals(List.of(), keys(registry));
        assertEquals(List.of(), keys(open()));
        assertFalse(Files.exists(record.artifact().file()));
    }

    @Test
    void aFolderUnderDevelopmentIsUsedInPlaceAndReadAnewEachTime() throws IOException {
        Path classes = folder.resolve("project/target/classes");
        Files.createDirectories(classes.resolve("org/example"));
        Files.write(classes.resolve("org/example/Main.class"), TestJar.emptyClass("org/example/Main"));
        Files.writeString(
                classes.resolve("plugin.yaml"),
                "id: weather\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n");
        PluginRegistry registry = openForDevelopment();
        PluginRecord before = registry.install(ArtifactSource.path(folder.resolve("project")));
        assertEquals(List.of(classes), before.classPath());
        Files.writeString(classes.resolve("more.txt"), "y");
        PluginRecord after = registry.install(ArtifactSource.path(folder.resolve("project")));
        assertFalse(before.artifact().sha256().equals(after.artifact().sha256()));
        assertEquals(after, registry.require("weather"));
        assertEquals(List.of(), keys(open()));
    }

    @Test
    void inDevelopmentAVersionMayChangeAndWhatItReplacedStaysUntilTheNextStart() throws IOException {
        PluginRegistry registry = openForDevelopment();
        PluginRecord first = registry.install(jar("weather", "1.0.0"));
        PluginRecord second = registry.install(jar("weather", "1.0.0", "changed"));
        assertEquals(second, registry.require("weather"));
        assertTrue(Files.exists(first.artifact().file()));
        PluginRecord third = registry.install(jar("weather", "1.0.0"));
        assertEquals(first.artifact(), third.artifact());
        assertEquals(third, open().require("weather"));
        assertFalse(Files.exists(second.artifact().file()));
    }

    @Test
    void whatWasTakenBackGivesWayToWhatItReplacedAlsoAtTheNextStart() throws IOException {
        PluginRegistry registry = openForDevelopment();
        PluginRecord first = registry.install(jar("weather", "1.0.0"));
        PluginRecord second = registry.install(jar("weather", "1.0.0", "changed"));
        assertTrue(registry.takeBack(second, Optional.of(first)));
        assertFalse(registry.takeBack(second, Optional.of(first)));
        assertEquals(first, registry.require("weather"));
        assertFalse(Files.exists(second.artifact().file()));
        assertEquals(first, open().require("weather"));
        PluginRecord other = registry.install(jar("weather", "2.0.0"));
        assertTrue(registry.takeBack(other, Optional.empty()));
        assertEquals(List.of("weather@1.0.0"), keys(open()));
    }

    @Test
    void whatWasInstalledLastCountsAlsoWhereTheClockWasSetBack() throws IOException {
        PluginRecord first = openForDevelopment().install(jar("weather", "1.0.0"));
        Path record = first.artifact().file().resolveSibling("record.json");
        Instant later = Instant.parse("2100-01-01T00:00:00Z");
        Files.writeString(
                record, Files.readString(record).replace(first.installed().toString(), later.toString()));
        PluginRecord second = openForDevelopment().install(jar("weather", "1.0.0", "changed"));
        assertEquals(later.plusMillis(1), second.installed());
        assertEquals(second, open().require("weather"));
    }

    @Test
    void anArtifactWhoseLibrariesWereDamagedIsWholeOnceItIsInstalledAgain() throws IOException {
        ArtifactSource jar = jar("weather", "1.0.0", "lib/a.jar", "lib/b.jar", "lib/c.jar");
        PluginRecord record = open().install(jar);
        Path home = record.artifact().file().getParent();
        Path library = home.resolve("lib/a.jar");
        byte[] whole = Files.readAllBytes(library);
        byte[] other = whole.clone();
        other[whole.length / 2]++;
        Files.write(library, other);
        Files.delete(home.resolve("lib/b.jar"));
        Files.writeString(home.resolve("lib/c.jar"), "cut off");
        Files.delete(home.resolve("record.json"));
        PluginRegistry damaged = open();
        assertEquals(1, damaged.damaged().size());
        damaged.install(jar);
        for (String name : List.of("a", "b", "c")) {
            assertArrayEquals(whole, Files.readAllBytes(home.resolve("lib/" + name + ".jar")), name);
        }
        assertEquals(List.of(), open().damaged());
    }

    @Test
    void theRestOfACrashIsClearedAway() throws IOException {
        PluginRecord record = open().install(jar("weather", "1.0.0"));
        Path unfinished = folder.resolve("data/artifacts/unfinished-x");
        Files.createDirectories(unfinished.resolve("lib"));
        Files.writeString(unfinished.resolve("artifact.jar"), "half");
        assertEquals(record, open().require("weather"));
        assertFalse(Files.exists(unfinished));
    }

    @Test
    void nothingIsLeftOfAnArtifactThatWasRefused() throws IOException {
        PluginRegistry registry = open();
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no zip");
        try {
            registry.install(ArtifactSource.path(broken));
        } catch (PluginException e) {
            assertEquals("DP-0204", e.code());
        }
        try (Stream<Path> left = Files.list(folder.resolve("data/artifacts"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void manyThreadsMayInstallAndRemove() throws Exception {
        PluginRegistry registry = open();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<ArtifactSource> sources = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sources.add(jar("p" + i % 5, "1." + i + ".0"));
        }
        List<Callable<PluginRecord>> tasks = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            sources.forEach(source -> tasks.add(() -> registry.install(source)));
        }
        for (Future<PluginRecord> done : threads.invokeAll(tasks)) {
            done.get();
        }
        threads.shutdown();
        assertEquals(20, registry.all().size());
        assertEquals(keys(registry), keys(open()));
        registry.remove(new PluginKey(new PluginId("p0"), Version.of("1.0.0")));
        assertEquals(3, registry.versions(new PluginId("p0")).size());
    }
}
