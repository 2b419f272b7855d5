package io.dataprism.kernel.desired;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.options.OptionReader;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plugins that there should be. What is not in it and was put there by an earlier desired state is taken away; what the host
 * or the operator installed by hand stays.
 *
 * @param plugins each id once
 */
public record DesiredState(List<WantedPlugin> plugins) {
    /** No plugin is wanted. */
    public static final DesiredState NOTHING = new DesiredState(List.of());

    public DesiredState {
        plugins = List.copyOf(plugins);
        Map<PluginId, WantedPlugin> seen = new LinkedHashMap<>();
        for (WantedPlugin wanted : plugins) {
            if (seen.put(wanted.id(), wanted) != null) {
                throw new PluginException(
                        "DP-0802", "The desired state names plugin '" + wanted.id() + "' twice. Name it once.");
            }
        }
    }

    /**
     * As under {@code plugins} in {@code conf/kernel.yaml}: an object from id to what is wanted, whose keys are the names of {@link
     * WantedPlugin}'s components.
     *
     * @throws PluginException {@code DP-0801} that lists everything that is wrong with it
     */
    public static DesiredState fromJson(JsonObject plugins) {
        OptionReader reader = new OptionReader("plugins", plugins, "DP-0801");
        List<WantedPlugin> wanted = new ArrayList<>();
        for (String id : plugins.fieldNames()) {
            OptionReader section = reader.section(id);
            if (PluginId.isValid(id)) {
                wanted.add(WantedPlugin.read(new PluginId(id), section));
            } else {
                reader.problem(
                        PluginException.excerpt(id),
                        "is no plugin id; expected lower-case letters, digits and single hyphens, starting with a letter. Correct the id.");
            }
        }
        return reader.checked(() -> new DesiredState(wanted)).orThrow();
    }

    /** The same, where the sources of {@code ids} come with the program itself: see {@link WantedPlugin#shipped}. */
    public DesiredState withShipped(Set<PluginId> ids) {
        return new DesiredState(plugins.stream()
                .map(wanted -> ids.contains(wanted.id()) ? wanted.asShipped() : wanted)
                .toList());
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        plugins.forEach(wanted -> json.put(wanted.id().value(), wanted.toJson()));
        return json;
    }

    public Optional<WantedPlugin> plugin(PluginId id) {
        return plugins.stream().filter(wanted -> wanted.id().equals(id)).findFirst();
    }
}
