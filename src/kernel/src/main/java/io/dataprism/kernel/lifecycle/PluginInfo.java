package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One plugin of this node as it was at one moment.
 *
 * @param manifest of the version that runs, or of the one that would be started
 * @param since when it got into this state
 * @param failure why it is in state {@code error} or {@code quarantined}, or what its last stop failed with
 * @param waiting what it waits for, where it should run and cannot yet
 * @param reason why it is in a state in which it runs, but not as it would
 * @param dependencies the plugins that it uses now
 * @param curtailed what its manifest asks for and this node does not give, each in a line
 * @param supervised how it is supervised, and what came of that
 */
public record PluginInfo(
        PluginManifest manifest,
        PluginState state,
        Instant since,
        Optional<PluginFailure> failure,
        Optional<String> waiting,
        Optional<String> reason,
        Set<PluginId> dependencies,
        List<String> curtailed,
        Supervised supervised) {

    public PluginInfo {
        curtailed = List.copyOf(curtailed);
        dependencies = Set.copyOf(dependencies);
    }

    public PluginId id() {
        return manifest.id();
    }

    /** As in the manifest. */
    public String version() {
        return manifest.version().toString();
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("id", id().value())
                .put("version", version())
                .put("state", state.label())
                .put("since", since.toString())
                .put("category", manifest.category().label())
                .put("description", manifest.description())
                .put("capabilities", new JsonArray(List.copyOf(new TreeSet<>(manifest.capabilities()))))
                .put(
                        "dependencies",
                        new JsonArray(dependencies.stream()
                                .map(PluginId::value)
                                .sorted()
                                .toList()));
        failure.ifPresent(cause -> json.put("error", cause.toJson()));
        if (!curtailed.isEmpty()) {
            json.put("curtailed", new JsonArray(curtailed));
        }
        waiting.ifPresent(lacking -> json.put("waiting", lacking));
        reason.ifPresent(why -> json.put("reason", why));
        supervised.addTo(json);
        return json;
    }
}
