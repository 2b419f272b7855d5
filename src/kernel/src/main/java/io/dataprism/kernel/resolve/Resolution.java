package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What runs together, in which order, and what can't. Immutable. */
public interface Resolution {

    /** Who starts when: each plugin after what it depends on; those of one level may start at the same time. */
    List<List<PluginKey>> levels();

    /** The wanted plugins that can't run, each with its reason. */
    List<Unresolved> unresolved();

    /** The version that was chosen of a plugin, when it is among what runs. */
    Optional<PluginKey> chosen(PluginId id);

    /** What a plugin that runs depends on directly, optional dependencies included where they run, too. */
    Set<PluginId> dependenciesOf(PluginId id);

    /** Who depends on it directly. */
    Set<PluginId> dependentsOf(PluginId id);

    /** The plugins that share classes with it by exported packages, itself included: they need one isolation, process and node. */
    Set<PluginId> groupOf(PluginId id);

    /** Why it runs, or why not. */
    Explanation why(PluginId id);
}
