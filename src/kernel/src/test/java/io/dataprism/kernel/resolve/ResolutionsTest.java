package io.dataprism.kernel.resolve;

import static io.dataprism.kernel.resolve.Manifests.plugin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResolutionsTest {
    private final Map<PluginId, List<PluginManifest>> installed = new HashMap<>();
    private final Map<PluginId, Wanted> wanted = new LinkedHashMap<>();
    private final Map<PluginId, PluginKey> kept = new HashMap<>();
    private final Resolutions resolutions = new Resolutions(new Resolutions.Demand() {
        @Override
        public List<Wanted> wanted(Set<PluginId> part) {
            return wanted.values().stream()
                    .filter(one -> part.contains(one.id()))
                    .toList();
        }

        @Override
        public Optional<PluginKey> keepsTo(PluginId id) {
            return Optional.ofNullable(kept.get(id));
        }
    });

    private static PluginId id(String id) {
        return new PluginId(id);
    }

    private void install(Manifests plugin) {
        PluginManifest manifest = plugin.manifest();
        List<PluginManifest> versions = new ArrayList<>(installed.getOrDefault(manifest.id(), List.of()));
        versions.removeIf(other -> other.key().equals(manifest.key()));
        versions.add(manifest);
        installed.put(manifest.id(), versions);
        resolutions.installed(manifest.id(), versions);
    }

    private void remove(String id) {
        installed.remove(id(id));
        resolutions.installed(id(id), List.of());
    }

    private void want(String id) {
        wanted.put(id(id), Wanted.any(id(id)));
        resolutions.changed(id(id));
    }

    private String chosen(String id) {
        return resolutions.of(id(id)).chosen(id(id)).map(PluginKey::toString).orElse("none");
    }

    /** A kilobyte for each of thousands would be more than the rest of what an idle plugin takes. */
    @Test
    void ofThoseThatAreAloneTheLastAreKept() {
        for (int i = 0; i < 400; i++) {
            install(plugin("p" + i, "1.0.0"));
            want("p" + i);
        }
        Resolution first = resolutions.of(id("p0"));
        install(plugin("p0", "2.0.0"));
        Resolution again = resolutions.of(id("p0"));
        // So many that what was forgotten by the change is forgotten once more.
        for (int i = 1; i < 256; i++) {
            assertEquals("p" + i + "@1.0.0", chosen("p" + i));
        }
        assertNotSame(first, again);
        assertSame(again, resolutions.of(id("p0")));
        for (int i = 256; i < 400; i++) {
            assertEquals("p" + i + "@1.0.0", chosen("p" + i));
        }
        assertNotSame(again, resolutions.of(id("p0")));
        assertEquals("p0@2.0.0", chosen("p0"));
    }

    @Test
    void whatHasNothingToDoWithAChangeKeepsItsResolution() {
        install(plugin("a", "1.0.0").needs("b", "*"));
        install(plugin("b", "1.0.0"));
        install(plugin("far", "1.0.0").has("chat"));
        want("a");
        want("far");
        Resolution of = resolutions.of(id("a"));
        assertSame(of, resolutions.of(id("b")), "one part");
        Resolution far = resolutions.of(id("far"));
        install(plugin("b", "1.1.0"));
        assertSame(far, resolutions.of(id("far")));
        assertNotSame(of, resolutions.of(id("a")));
        assertEquals("b@1.1.0", chosen("b"));
    }

    @Test
    void whatJoinsTwoPartsMakesThemOne() {
        install(plugin("a", "1.0.0"));
        install(plugin("b", "1.0.0"));
        want("a");
        want("b");
        assertNotSame(resolutions.of(id("a")), resolutions.of(id("b")));
        install(plugin("c", "1.0.0").needs("a", "*").needs("b", "*"));
        assertSame(resolutions.of(id("a")), resolutions.of(id("b")));
        remove("c");
        assertNotSame(resolutions.of(id("a")), resolutions.of(id("b")));
    }

    @Test
    void whatLackedAProviderFindsItOnceItIsThere() {
        install(plugin("a", "1.0.0").needsCapability("store", "*").needs("b", "*"));
        want("a");
        assertEquals("none", chosen("a"));
        install(plugin("s", "1.0.0").has("store"));
        assertEquals("none", chosen("a"));
        install(plugin("b", "1.0.0"));
        assertEquals("a@1.0.0", chosen("a"));
        assertEquals(Set.of(id("s"), id("b")), resolutions.of(id("a")).dependenciesOf(id("a")));
        remove("s");
        assertEquals("none", chosen("a"));
    }

    @Test
    void whatMayHaveBeenMeantIsSoughtAmongAllThatIsInstalled() {
        want("chart");
        assertTrue(message("chart").contains("Plugin not found: chart. Install it."), message("chart"));
        install(plugin("charts", "1.0.0"));
        assertTrue(message("chart").contains("did you mean 'charts'?"), message("chart"));
        remove("charts");
        assertTrue(message("chart").contains("Plugin not found: chart. Install it."), message("chart"));
    }

    private String message(String id) {
        return resolutions.of(id(id)).unresolved().get(0).message();
    }

    @Test
    void onlyTheVersionThatIsKeptToCounts() {
        install(plugin("a", "1.0.0"));
        install(plugin("a", "2.0.0"));
        want("a");
        assertEquals("a@2.0.0", chosen("a"));
        kept.put(id("a"), plugin("a", "1.0.0").manifest().key());
        resolutions.changed(id("a"));
        assertEquals("a@1.0.0", chosen("a"));
        PluginKey other = plugin("a", "2.0.0").manifest().key();
        assertEquals(Optional.of(other), resolutions.with(other).chosen(id("a")));
        assertEquals("a@1.0.0", chosen("a"), "only asked what would be");
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** Whatever is installed, removed and wanted in whatever order: all parts together are what resolving everything at once gives. */
    @ParameterizedTest
    @MethodSource("seeds")
    void allPartsTogetherAreTheWhole(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String id = String.valueOf((char) ('a' + random.nextInt(8)));
            switch (random.nextInt(6)) {
                case 0 -> remove(id);
                case 1, 2 -> want(id);
                case 3 -> {
                    wanted.remove(id(id));
                    resolutions.changed(id(id));
                }
                default -> install(any(random, id));
            }
            assertEquals(whole(), parts(), () -> "after " + installed + ", wanted " + wanted.keySet());
        }
    }

    private static Manifests any(Random random, String id) {
        Manifests made = plugin(id, (1 + random.nextInt(2)) + ".0.0");
        if (random.nextInt(2) == 0) {
            String other = String.valueOf((char) ('a' + random.nextInt(8)));
            if (!other.equals(id)) {
                made = random.nextBoolean()
                        ? made.needs(other, random.nextBoolean() ? "*" : "^1")
                        : made.likes(other, "*");
            }
        }
        if (random.nextInt(6) == 0) {
            made.needsCapability("store", "*");
        }
        return random.nextInt(5) == 0 ? made.has("store") : made;
    }

    /** What is left out, which does not depend on the order in which choices were tried. */
    private Set<PluginId> whole() {
        List<PluginManifest> all =
                installed.values().stream().flatMap(List::stream).toList();
        return leftOut(DependencyResolver.resolve(all, wanted.values()), wanted.keySet());
    }

    private Set<PluginId> parts() {
        Set<PluginId> out = new TreeSet<>(Comparator.naturalOrder());
        Map<PluginId, Resolution> known = new TreeMap<>();
        for (PluginId id : wanted.keySet()) {
            Resolution resolution = resolutions.of(id);
            known.put(id, resolution);
            out.addAll(leftOut(resolution, Set.of(id)));
        }
        known.forEach((id, resolution) -> requireMet(id, resolution, new HashSet<>()));
        return out;
    }

    private static Set<PluginId> leftOut(Resolution resolution, Set<PluginId> wanted) {
        Set<PluginId> out = new TreeSet<>();
        resolution.unresolved().stream()
                .map(Unresolved::id)
                .filter(wanted::contains)
                .forEach(out::add);
        return out;
    }

    /** What runs has all that it requires. */
    private void requireMet(PluginId id, Resolution resolution, Set<PluginId> seen) {
        if (resolution.chosen(id).isEmpty() || !seen.add(id)) {
            return;
        }
        PluginManifest manifest = installed.get(id).stream()
                .filter(one -> one.key().equals(resolution.chosen(id).get()))
                .findFirst()
                .orElseThrow();
        manifest.dependencies().stream()
                .filter(dependency -> !dependency.optional())
                .map(dependency -> Requirement.of(manifest, dependency))
                .forEach(need -> assertTrue(
                        resolution.dependenciesOf(id).stream()
                                .anyMatch(other -> installed.getOrDefault(other, List.of()).stream()
                                        .anyMatch(one -> need.isMetBy(one)
                                                && resolution.chosen(other).equals(Optional.of(one.key())))),
                        () -> need.sentence()));
        resolution.dependenciesOf(id).forEach(other -> requireMet(other, resolution, seen));
    }

    @Test
    void aRangeThatIsWantedCounts() {
        install(plugin("a", "1.0.0"));
        install(plugin("a", "2.0.0"));
        wanted.put(id("a"), new Wanted(id("a"), VersionRange.of("^1")));
        resolutions.changed(id("a"));
        assertEquals("a@1.0.0", chosen("a"));
    }
}
