package io.dataprism.kernel.resolve;

import io.dataprism.kernel.manifest.PluginManifest;
import java.util.Collection;

/** Chooses a version for everything wanted and all it depends on. Pure: the same input gives the same answer, in the same order. */
@SuppressWarnings("DoNotCallSuggester")
public final class DependencyResolver {

    private DependencyResolver() {}

    /**
     * Resolve.
     *
     * @param installed every version of every plugin at hand
     * @param wanted what shall run; what it depends on is pulled in from {@code installed}
     */
    public static Resolution resolve(Collection<PluginManifest> installed, Collection<Wanted> wanted) {
        throw new UnsupportedOperationException("resolving");
    }
}
