package io.dataprism.kernel.resolve;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Activation;
import io.dataprism.kernel.manifest.Contracts;
import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.Isolation;
import io.dataprism.kernel.manifest.Limits;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Version;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.supervision.SupervisionTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes manifests in one line: {@code plugin("chat", "1.2.0").needs("users", "^2.0")}. */
final class Manifests {
    private final String id;
    private final String version;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final Set<String> capabilities = new TreeSet<>();
    private final List<String> exports = new ArrayList<>();
    private Isolation isolation = Isolation.WORKER;

    private Manifests(String id, String version) {
        this.id = id;
        this.version = version;
    }

    static Manifests plugin(String id, String version) {
        return new Manifests(id, version);
    }

    Manifests needs(String other, String range) {
        dependencies.add(new Dependency(new OnPlugin(new PluginId(other)), VersionRange.of(range), false));
        return this;
    }

    Manifests likes(String other, String range) {
        dependencies.add(new Dependency(new OnPlugin(new PluginId(other)), VersionRange.of(range), true));
        return this;
    }

    Manifests needsCapability(String capability, String range) {
        dependencies.add(new Dependency(new OnCapability(capability), VersionRange.of(range), false));
        return this;
    }

    Manifests has(String capability) {
        capabilities.add(capability);
        return this;
    }

    Manifests exports(String name) {
        exports.add(name);
        return this;
    }

    Manifests isolated(Isolation how) {
        isolation = how;
        return this;
    }

    PluginManifest manifest() {
        return new PluginManifest(
                new PluginId(id),
                Version.of(version),
                "org.example.Main",
                VersionRange.ANY,
                Category.UTILITY,
                "",
                capabilities,
                Set.of(),
                dependencies,
                exports,
                List.of(),
                List.of(),
                Limits.NONE,
                isolation,
                false,
                Activation.WITH_KERNEL,
                SupervisionTerms.NONE,
                Optional.empty(),
                Contracts.NONE);
    }

    static Resolution resolve(List<Manifests> installed, String... wanted) {
        List<Wanted> asked = new ArrayList<>();
        for (String one : wanted) {
            String[] parts = one.split("@", 2);
            asked.add(new Wanted(new PluginId(parts[0]), VersionRange.of(parts.length > 1 ? parts[1] : "*")));
        }
        return DependencyResolver.resolve(
                installed.stream().map(Manifests::manifest).toList(), asked);
    }
}
