package io.dataprism.kernel.resolve;

import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.Dependency.Target;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.VersionRange;
import java.util.Optional;

/**
 * Something that must be met.
 *
 * @param by who asks; empty for what is wanted from outside
 */
record Requirement(Optional<PluginManifest> by, Target target, VersionRange range) {

    static Requirement of(Wanted wanted) {
        return new Requirement(Optional.empty(), new OnPlugin(wanted.id()), wanted.range());
    }

    static Requirement of(PluginManifest by, Dependency dependency) {
        return new Requirement(Optional.of(by), dependency.target(), dependency.range());
    }

    boolean isMetBy(PluginManifest manifest) {
        boolean meant = target instanceof OnPlugin plugin
                ? plugin.id().equals(manifest.id())
                : manifest.capabilities().contains(((OnCapability) target).capability());
        return meant && range.includes(manifest.version());
    }

    boolean onCapability() {
        return target instanceof OnCapability;
    }

    /** For example {@code 'chat' 1.2.0 requires plugin 'users' in ^2.0}. */
    String sentence() {
        return by.map(manifest -> Names.of(manifest) + " requires " + wish()).orElseGet(() -> wish() + " is wanted");
    }

    /** For example {@code plugin 'users' in ^2.0}. */
    String wish() {
        return range.equals(VersionRange.ANY) ? target.toString() : target + " in " + range;
    }
}
