package io.dataprism.kernel.resolve;

import static io.dataprism.kernel.resolve.Manifests.plugin;
import static io.dataprism.kernel.resolve.Manifests.resolve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Isolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DependencyResolverTest {

    private static Set<PluginId> ids(String... ids) {
        return Set.of(ids).stream().map(PluginId::new).collect(Collectors.toSet());
    }

    @Test
    void startsIndependentPluginsAtTheSameLevel() {
        Resolution resolution = resolve(
                List.of(
                        plugin("app", "1.0.0").needs("left", "*").needs("right", "*"),
                        plugin("left", "1.0.0").needs("base", "*"),
                        plugin("right", "1.0.0").needs("base", "*"),
                        plugin("base", "1.0.0")),
                "app");
        assertEquals(
                "[[base@1.0.0], [left@1.0.0, right@1.0.0], [app@1.0.0]]",
                resolution.levels().toString());
        assertEquals(List.of(), resolution.unresolved());
        assertEquals(ids("left", "right"), resolution.dependentsOf(new PluginId("base")));
        assertEquals(ids("left", "right"), resolution.dependenciesOf(new PluginId("app")));
    }

    @Test
    @DisplayName("Dependency Resolver: chooses the newest release that suits everyone")
    void choosesTheNewestReleaseThatSuitsEveryone() {
        Resolution resolution = resolve(
                List.of(
                        plugin("a", "1.0.0").needs("lib", "^1.0"),
                        plugin("b", "1.0.0").needs("lib", ">=1.2"),
                        plugin("lib", "1.1.0"),
                        plugin("lib", "1.3.0"),
                        plugin("lib", "1.2.0"),
                        plugin("lib", "2.0.0")),
                "a",
                "b");
        assertEquals("[[lib@1.3.0], [a@1.0.0, b@1.0.0]]", resolution.levels().toString());
    }

    @Test
    void choosesAnewWhenALaterWishNeedsAnOlderVersion() {
        Resolution resolution = resolve(
                List.of(
                        plugin("a", "1.0.0").needs("lib", "*"),
                        plugin("b", "1.0.0").needs("lib", "^1.0"),
                        plugin("lib", "1.0.0"),
                        plugin("lib", "2.0.0")),
                "a",
                "b");
        assertEquals("[[lib@1.0.0], [a@1.0.0, b@1.0.0]]", resolution.levels().toString());
    }

    @Test
    void prefersReleasesButTakesAPreReleaseWhereThereIsNoOther() {
        assertEquals(
                "[[a@1.0.0]]",
                resolve(List.of(plugin("a", "1.0.0"), plugin("a", "2.0.0-rc.1")), "a")
                        .levels()
                        .toString());
        assertEquals(
                "[[a@2.0.0-rc.1]]",
                resolve(List.of(plugin("a", "2.0.0-rc.1")), "a").levels().toString());
    }

    @Test
    void reportsTheCyclePath() {
        Resolution resolution = resolve(
                List.of(
                        plugin("a", "1.0.0").needs("b", "*"),
                        plugin("b", "1.0.0").needs("c", "*"),
                        plugin("c", "1.0.0").needs("a", "*"),
                        plugin("fine", "1.0.0")),
                "a",
                "fine");
        assertEquals("[[fine@1.0.0]]", resolution.levels().toString());
        Unresolved unresolved = resolution.unresolved().get(0);
        assertEquals("DP-0240", unresolved.code());
        assertEquals(
                "Plugin 'a' 1.0.0 can't run: it requires plugin 'b', where 'b' 1.0.0 would do, but that can't run."
                        + " 'b' 1.0.0 requires plugin 'c', where 'c' 1.0.0 would do, but that can't run."
                        + " Plugin 'c' 1.0.0 can't run: it depends on itself: c -> a -> b -> c. Break the cycle: make one of"
                        + " these dependencies optional, or move what both need into a plugin of its own.",
                unresolved.message());
    }

    @Test
    void anotherVersionMayAvoidACycle() {
        Resolution resolution = resolve(
                List.of(
                        plugin("a", "1.0.0").needs("b", "*"),
                        plugin("b", "2.0.0").needs("a", "*"),
                        plugin("b", "1.0.0")),
                "a");
        assertEquals("[[b@1.0.0], [a@1.0.0]]", resolution.levels().toString());
    }

    @Test
    void anOptionalDependencyOrdersTheStartAndPullsNothingIn() {
        List<Manifests> installed = List.of(plugin("a", "1.0.0").likes("b", "^1.0"), plugin("b", "1.0.0"));
        assertEquals("[[a@1.0.0]]", resolve(installed, "a").levels().toString());
        assertEquals(
                "[[b@1.0.0], [a@1.0.0]]", resolve(installed, "a", "b").levels().toString());
    }

    @Test
    void anOptionalDependencyGivesWayInACycleAndOnTheWrongVersion() {
        assertEquals(
                "[[a@1.0.0], [b@1.0.0]]",
                resolve(
                                List.of(
                                        plugin("a", "1.0.0").likes("b", "*"),
                                        plugin("b", "1.0.0").needs("a", "*")),
                                "a",
                                "b")
                        .levels()
                        .toString());
        assertEquals(
                "[[a@1.0.0, b@1.0.0]]",
                resolve(List.of(plugin("a", "1.0.0").likes("b", "^2"), plugin("b", "1.0.0")), "a", "b")
                        .levels()
                        .toString());
    }

    @Test
    void aCapabilityIsProvidedByWhatRunsAnyway() {
        List<Manifests> installed = List.of(
                plugin("a", "1.0.0").needsCapability("store", "*"),
                plugin("alpha", "1.0.0").has("store"),
                plugin("omega", "1.0.0").has("store"));
        assertEquals(
                "[[alpha@1.0.0], [a@1.0.0]]", resolve(installed, "a").levels().toString());
        assertEquals(
                "[[omega@1.0.0], [a@1.0.0]]",
                resolve(installed, "omega", "a").levels().toString());
    }

    @Test
    void aCapabilityMayBeProvidedByTheNextOneIfTheFirstCannotRun() {
        Resolution resolution = resolve(
                List.of(
                        plugin("a", "1.0.0").needsCapability("store", "*"),
                        plugin("alpha", "1.0.0").has("store").needs("gone", "*"),
                        plugin("omega", "1.0.0").has("store")),
                "a");
        assertEquals("[[omega@1.0.0], [a@1.0.0]]", resolution.levels().toString());
    }

    @Test
    void pluginsJoinedByExportedPackagesAreAGroup() {
        Resolution resolution = resolve(
                List.of(
                        plugin("model", "1.0.0").exports("org.example.model"),
                        plugin("a", "1.0.0").needs("model", "*"),
                        plugin("b", "1.0.0").needs("model", "*").needs("c", "*"),
                        plugin("c", "1.0.0")),
                "a",
                "b");
        assertEquals(ids("a", "b", "model"), resolution.groupOf(new PluginId("a")));
        assertEquals(ids("c"), resolution.groupOf(new PluginId("c")));
    }

    @Test
    void aGroupNeedsOneIsolation() {
        Resolution resolution = resolve(
                List.of(
                        plugin("model", "1.0.0").exports("org.example.model").isolated(Isolation.EVENT_LOOP),
                        plugin("a", "1.0.0").needs("model", "*")),
                "a");
        assertEquals("DP-0244", resolution.unresolved().get(0).code());
        assertEquals(
                "Plugin 'a' 1.0.0 can't run: it has isolation worker and uses classes of 'model' 1.0.0, which has isolation"
                        + " event-loop: expected the same. Give both one isolation in plugin.yaml.",
                resolution.unresolved().get(0).message());
    }

    @Test
    void aPackageComesFromOneDependencyOnly() {
        Resolution resolution = resolve(
                List.of(
                        plugin("x", "1.0.0").exports("org.example.model"),
                        plugin("y", "1.0.0").exports("org.example.model"),
                        plugin("a", "1.0.0").needs("x", "*").needs("y", "*")),
                "a");
        assertEquals("DP-0247", resolution.unresolved().get(0).code());
    }

    @Test
    void saysWhichVersionsWouldHaveBeenNeeded() {
        Resolution resolution =
                resolve(List.of(plugin("chat", "1.2.0").needs("users", ">=2.0 <3"), plugin("users", "1.4.1")), "chat");
        assertEquals(
                new Unresolved(
                        new PluginId("chat"),
                        "DP-0242",
                        "Plugin 'chat' 1.2.0 can't run: it requires plugin 'users' in >=2.0 <3, but 1.4.1 is installed."
                                + " Install another version of 'users', or widen the range in plugin.yaml."),
                resolution.unresolved().get(0));
    }

    @Test
    void theEarlierOfTwoThatExcludeEachOtherRuns() {
        Resolution resolution = resolve(
                List.of(
                        plugin("a", "1.0.0").needs("lib", "^1"),
                        plugin("b", "1.0.0").needs("lib", "^2"),
                        plugin("lib", "1.0.0"),
                        plugin("lib", "2.0.0")),
                "a",
                "b");
        assertEquals("[[lib@1.0.0], [a@1.0.0]]", resolution.levels().toString());
        assertEquals(
                new Unresolved(
                        new PluginId("b"),
                        "DP-0243",
                        "Plugin 'b' 1.0.0 can't run: it requires plugin 'lib' in ^2, but 'lib' 1.0.0 was chosen, as 'a' 1.0.0"
                                + " requires plugin 'lib' in ^1. Only one version of a plugin runs at a time: make the ranges"
                                + " meet, or do without one of the two."),
                resolution.unresolved().get(0));
    }

    @Test
    void tellsWhoRequiresAPluginThatWasAskedForItself() {
        Resolution resolution = resolve(
                List.of(
                        plugin("files", "1.0.0").needs("tables", "*"),
                        plugin("charts", "1.0.0").needs("tables", "*"),
                        plugin("notes", "1.0.0").likes("tables", "*"),
                        plugin("tables", "1.0.0")),
                "tables",
                "files",
                "charts",
                "notes");
        assertEquals(
                "'tables' 1.0.0 runs: the configuration, the operator or the application asks for it."
                        + " 'charts' 1.0.0, 'files' 1.0.0 require it, too.\n",
                resolution.why(new PluginId("tables")).text());
    }

    @Test
    void explainsWhyAndWhyNot() {
        Resolution resolution = resolve(
                List.of(
                        plugin("app", "1.0.0").needs("mid", "*"),
                        plugin("mid", "1.0.0").needs("base", "^1").likes("extra", "*"),
                        plugin("base", "1.0.0"),
                        plugin("base", "2.0.0"),
                        plugin("extra", "1.0.0")),
                "app@^1",
                "nope");
        assertEquals("""
                'base' 1.0.0 runs: 'mid' 1.0.0 requires plugin 'base' in ^1. 'base' 2.0.0 is installed too, but 'mid' 1.0.0 requires plugin 'base' in ^1.
                  - 'mid' 1.0.0 runs: 'app' 1.0.0 requires plugin 'mid'.
                    - 'app' 1.0.0 runs: the configuration, the operator or the application asks for it, in ^1.
                """, resolution.why(new PluginId("base")).text());
        assertEquals("""
                Plugin 'extra' doesn't run: it is installed (1.0.0), but it is not wanted, and nothing that runs requires it.
                  - 'mid' 1.0.0 would use it, but it is optional.
                """, resolution.why(new PluginId("extra")).text());
        assertEquals(
                "Plugin not found: nope. Install it.\n",
                resolution.why(new PluginId("nope")).text());
        assertEquals(
                "Plugin not found: bose (did you mean 'base'?). Install it.\n",
                resolution.why(new PluginId("bose")).text());
        assertFalse(resolution.why(new PluginId("nope")).toJson().getBoolean("selected"));
    }

    @Test
    void namesThoseThatAskByCapability() {
        Resolution resolution = resolve(List.of(
                plugin("store", "1.0.0").has("keep"), plugin("shop", "1.0.0").needsCapability("keep", "*")));
        assertTrue(resolution
                .why(new PluginId("store"))
                .text()
                .contains("'shop' 1.0.0 requires it, but doesn't run itself."));
    }

    private static String refusal(Manifests... installed) {
        Unresolved unresolved = resolve(List.of(installed), "chat").unresolved().get(0);
        return unresolved.code() + " " + unresolved.message();
    }

    @Test
    void saysWhatIsNotInstalled() {
        assertEquals(
                "DP-0241 Plugin 'chat' 1.2.0 can't run: it requires plugin 'users' in ^2, which is not installed. Install it.",
                refusal(plugin("chat", "1.2.0").needs("users", "^2")));
        assertEquals(
                "DP-0241 Plugin 'chat' 1.2.0 can't run: it requires plugin 'users', which is not installed (did you mean 'user'?)."
                        + " Install it.",
                refusal(plugin("chat", "1.2.0").needs("users", "*"), plugin("user", "1.0.0")));
        assertEquals(
                "DP-0245 Plugin 'chat' 1.2.0 can't run: it requires capability 'login', but no installed plugin has it (did you mean"
                        + " 'logon'?). Install one that does.",
                refusal(
                        plugin("chat", "1.2.0").needsCapability("login", "*"),
                        plugin("users", "1.0.0").has("logon")));
        assertEquals(
                "DP-0242 Plugin 'chat' 1.2.0 can't run: it requires capability 'login' in ^2, but only 'users' 1.0.0 has it. Install"
                        + " another version, or widen the range in plugin.yaml.",
                refusal(
                        plugin("chat", "1.2.0").needsCapability("login", "^2"),
                        plugin("users", "1.0.0").has("login")));
        assertEquals(
                "DP-0241 Plugin 'chat' 1.2.0 can't run: it requires plugin 'users', where 'users' 1.0.0 would do, but that can't run."
                        + " 'users' 1.0.0 requires plugin 'db', which is not installed. Install it.",
                refusal(
                        plugin("chat", "1.2.0").needs("users", "*"),
                        plugin("users", "1.0.0").needs("db", "*")));
    }

    @Test
    void saysWhichVersionsOfAWantedPluginThereAre() {
        Unresolved unresolved = resolve(List.of(plugin("chat", "1.2.0")), "chat@^2")
                .unresolved()
                .get(0);
        assertEquals(
                "DP-0242 Plugin 'chat' in ^2 is wanted, but 1.2.0 is installed. Install another version of 'chat', or ask for another"
                        + " range.",
                unresolved.code() + " " + unresolved.message());
    }

    @Test
    void theCauseIsFoundQuicklyUnderManyLayers() {
        List<Manifests> installed = new ArrayList<>();
        int layers = 60;
        for (int layer = 0; layer < layers; layer++) {
            Manifests left = plugin("l" + layer, "1.0.0");
            Manifests right = plugin("r" + layer, "1.0.0");
            if (layer + 1 < layers) {
                left.needs("l" + (layer + 1), "*").needs("r" + (layer + 1), "*");
                right.needs("l" + (layer + 1), "*").needs("r" + (layer + 1), "*");
            }
            installed.add(left);
            installed.add(right);
        }
        installed.add(plugin("top", "1.0.0").needs("l0", "*").needs("r0", "*").needs("gone", "*"));
        Resolution resolution = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> resolve(installed, "top"));
        Unresolved unresolved = resolution.unresolved().get(0);
        assertEquals("DP-0241", unresolved.code());
        assertEquals(
                "Plugin 'top' 1.0.0 can't run: it requires plugin 'gone', which is not installed. Install it.",
                unresolved.message());
    }

    @Test
    void tenThousandPluginsAreQuick() {
        List<Manifests> installed = new ArrayList<>();
        String[] wanted = new String[10_000];
        for (int i = 0; i < wanted.length; i++) {
            Manifests manifest = plugin("p" + i, "1.0.0");
            if (i > 0) {
                manifest.needs("p" + i / 2, "^1");
            }
            installed.add(manifest);
            wanted[i] = "p" + i;
        }
        installed.set(0, plugin("p0", "1.0.0"));
        installed.set(1, plugin("p1", "1.0.0").needs("p0", "*"));
        Resolution resolution = assertTimeout(Duration.ofSeconds(20), () -> resolve(installed, wanted));
        assertEquals(List.of(), resolution.unresolved());
        assertEquals(10_000, resolution.levels().stream().mapToInt(List::size).sum());
    }
}
