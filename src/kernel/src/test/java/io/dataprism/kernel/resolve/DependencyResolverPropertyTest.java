package io.dataprism.kernel.resolve;

import static io.dataprism.kernel.resolve.Manifests.plugin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.VersionRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every set of plugins, on random sets, checked against trying every choice of versions. */
class DependencyResolverPropertyTest {
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e");
    private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0", "2.0.0");
    private static final List<String> RANGES = List.of("*", "^1", "^2", "~1.0", ">=1.1");

    static LongStream seeds() {
        return LongStream.range(0, 3_000);
    }

    private static List<PluginManifest> installed(Random random) {
        List<PluginManifest> installed = new ArrayList<>();
        for (String id : IDS) {
            for (String version : VERSIONS) {
                if (random.nextInt(4) > 0) {
                    installed.add(manifest(random, id, version));
                }
            }
        }
        return installed;
    }

    private static PluginManifest manifest(Random random, String id, String version) {
        Manifests manifest = plugin(id, version);
        for (int i = random.nextInt(3); i > 0; i--) {
            String other = IDS.get(random.nextInt(IDS.size()));
            String range = RANGES.get(random.nextInt(RANGES.size()));
            if (!other.equals(id)) {
                if (random.nextInt(4) == 0) {
                    manifest.likes(other, range);
                } else {
                    manifest.needs(other, range);
                }
            }
        }
        if (random.nextInt(5) == 0) {
            manifest.needsCapability("store", "*");
        }
        if (random.nextInt(5) == 0) {
            manifest.has("store");
        }
        return manifest.manifest();
    }

    private static List<Wanted> wanted(Random random) {
        return random.ints(1 + random.nextInt(3), 0, IDS.size())
                .mapToObj(i -> new Wanted(
                        new PluginId(IDS.get(i)), VersionRange.of(RANGES.get(random.nextInt(RANGES.size())))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holds(long seed) {
        Random random = new Random(seed);
        List<PluginManifest> installed = installed(random);
        List<Wanted> wanted = wanted(random);
        Resolution resolution = DependencyResolver.resolve(installed, wanted);
        Map<PluginKey, PluginManifest> byKey =
                installed.stream().collect(Collectors.toMap(PluginManifest::key, manifest -> manifest));
        List<PluginManifest> chosen = resolution.levels().stream()
                .flatMap(Collection::stream)
                .map(byKey::get)
                .toList();

        everyRequirementIsMetBelow(resolution, chosen);
        everyWishIsMetOrExplained(resolution, wanted, chosen);
        nothingRunsForNobody(resolution, wanted, chosen);
        whatIsLeftOutCannotBeAdded(resolution, wanted, installed);
        assertEquals(
                resolution.levels(),
                DependencyResolver.resolve(installed, wanted).levels(),
                "the same again");
    }

    private static void everyRequirementIsMetBelow(Resolution resolution, List<PluginManifest> chosen) {
        Map<PluginId, Integer> level = new HashMap<>();
        for (int i = 0; i < resolution.levels().size(); i++) {
            for (PluginKey key : resolution.levels().get(i)) {
                assertFalse(level.containsKey(key.id()), "one version a plugin");
                level.put(key.id(), i);
            }
        }
        for (PluginManifest manifest : chosen) {
            for (Requirement need : needs(manifest)) {
                assertTrue(
                        chosen.stream()
                                .filter(need::isMetBy)
                                .anyMatch(other -> level.get(other.id()) < level.get(manifest.id())),
                        () -> "unmet or not started before: " + need.sentence());
            }
        }
    }

    private static List<Requirement> needs(PluginManifest manifest) {
        return manifest.dependencies().stream()
                .filter(dependency -> !dependency.optional())
                .map(dependency -> Requirement.of(manifest, dependency))
                .toList();
    }

    private static void everyWishIsMetOrExplained(
            Resolution resolution, List<Wanted> wanted, List<PluginManifest> chosen) {
        Set<PluginId> unresolved =
                resolution.unresolved().stream().map(Unresolved::id).collect(Collectors.toSet());
        for (Wanted one : wanted) {
            boolean met = chosen.stream().anyMatch(Requirement.of(one)::isMetBy);
            assertTrue(met || unresolved.contains(one.id()));
            assertFalse(resolution.why(one.id()).steps().isEmpty());
        }
    }

    private static void nothingRunsForNobody(Resolution resolution, List<Wanted> wanted, List<PluginManifest> chosen) {
        Set<PluginId> asked = wanted.stream().map(Wanted::id).collect(Collectors.toCollection(HashSet::new));
        boolean more = true;
        while (more) {
            more = false;
            for (PluginManifest manifest : chosen) {
                if (asked.contains(manifest.id())) {
                    more |= asked.addAll(resolution.dependenciesOf(manifest.id()));
                }
            }
        }
        chosen.forEach(manifest -> assertTrue(asked.contains(manifest.id()), manifest.id() + " runs for nobody"));
    }

    /** Tries every choice: the wishes that were met and one that was not can't be met together. */
    private static void whatIsLeftOutCannotBeAdded(
            Resolution resolution, List<Wanted> wanted, List<PluginManifest> installed) {
        List<Wanted> met = new ArrayList<>();
        for (Wanted one : wanted) {
            met.add(one);
            boolean possible = possible(met, installed, new HashMap<>(), 0);
            boolean refused = resolution.unresolved().stream()
                            .anyMatch(unresolved -> unresolved.id().equals(one.id()))
                    && !resolution
                            .chosen(one.id())
                            .filter(key -> one.range().includes(key.version()))
                            .isPresent();
            assertEquals(!refused, possible, () -> one + " of " + wanted);
            if (!possible) {
                met.remove(met.size() - 1);
            }
        }
    }

    private static boolean possible(
            List<Wanted> wishes, List<PluginManifest> installed, Map<PluginId, PluginManifest> choice, int at) {
        if (at == IDS.size()) {
            return valid(wishes, choice);
        }
        PluginId id = new PluginId(IDS.get(at));
        for (PluginManifest manifest : installed) {
            if (manifest.id().equals(id)) {
                choice.put(id, manifest);
                if (possible(wishes, installed, choice, at + 1)) {
                    return true;
                }
                choice.remove(id);
            }
        }
        return possible(wishes, installed, choice, at + 1);
    }

    private static boolean valid(List<Wanted> wishes, Map<PluginId, PluginManifest> choice) {
        if (!wishes.stream().allMatch(wish -> choice.values().stream().anyMatch(Requirement.of(wish)::isMetBy))) {
            return false;
        }
        Set<PluginId> started = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (PluginManifest manifest : choice.values()) {
                boolean ready = needs(manifest).stream()
                        .allMatch(need -> choice.values().stream()
                                .anyMatch(other -> need.isMetBy(other) && started.contains(other.id())));
                if (ready) {
                    more |= started.add(manifest.id());
                }
            }
        }
        return started.size() == choice.size();
    }
}
