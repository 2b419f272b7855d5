package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Category;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.CategoryCapabilities;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a plugin offers, held against what its manifest declares: others depend on it by that. */
final class OfferedCapabilities {
    private static final int MOST_SHOWN = 20;

    private OfferedCapabilities() {}

    /** What is wrong where {@code offered} has more than the manifest. */
    static Optional<String> undeclared(PluginManifest manifest, Capabilities offered) {
        Set<String> undeclared = new TreeSet<>(offered.names());
        undeclared.removeAll(manifest.capabilities());
        return undeclared.isEmpty()
                ? Optional.empty()
                : Optional.of("offers the capabilities " + shown(undeclared)
                        + ", which its manifest does not declare. Add them under 'capabilities' in plugin.yaml.");
    }

    private static String shown(Set<String> names) {
        String first = names.stream()
                .limit(MOST_SHOWN)
                .map(PluginException::excerpt)
                .collect(Collectors.joining(", ", "[", "]"));
        int more = names.size() - MOST_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** What is wrong where {@code offered} lacks some of the manifest's, or of its category's. */
    static Optional<String> missing(PluginManifest manifest, Capabilities offered) {
        Set<String> missing = new TreeSet<>(manifest.capabilities());
        missing.removeAll(offered.names());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Set<String> fixed = new TreeSet<>(CategoryCapabilities.of(manifest.category()));
        fixed.retainAll(missing);
        return Optional.of(
                "does not offer the capabilities " + missing + ", which "
                        + (fixed.isEmpty()
                                ? "its manifest declares. Offer them in capabilities(), or take them out of 'capabilities' in plugin.yaml."
                                : "its manifest declares, " + fixed + " by its category. Implement "
                                        + interfaceOf(manifest.category())
                                        + ", and where the class overrides capabilities(), add to those of the interface; or choose another category in plugin.yaml."));
    }

    private static String interfaceOf(Category category) {
        return switch (category) {
            case VISUALIZATION -> "VisualizationPlugin";
            case PROCESSING -> "DataProcessingPlugin";
            case INTEGRATION -> "IntegrationPlugin";
            case UTILITY -> "Plugin";
        };
    }
}
