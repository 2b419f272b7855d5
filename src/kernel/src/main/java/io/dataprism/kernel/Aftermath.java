package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.desired.WantedPlugin;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator who stops or removes a plugin by hand is told besides: {@code alsoStopped}, the plugins that go down with it since
 * they use it; {@code wanted}, whether the desired state names it; and {@code notes}, what will happen next and what to do about it.
 */
final class Aftermath {
    private final PluginId id;
    private final Set<PluginId> users;
    private final Optional<WantedPlugin> wanted;

    private Aftermath(PluginId id, Set<PluginId> users, Optional<WantedPlugin> wanted) {
        this.id = id;
        this.users = users;
        this.wanted = wanted;
    }

    /** To be asked before anything is done: afterwards nobody uses {@code id} any more. */
    static Aftermath of(PluginId id, Iterable<PluginInfo> plugins, Optional<WantedPlugin> wanted) {
        return new Aftermath(id, users(id, plugins), wanted.filter(WantedPlugin::enabled));
    }

    private static Set<PluginId> users(PluginId id, Iterable<PluginInfo> plugins) {
        Set<PluginId> found = new TreeSet<>();
        Deque<PluginId> next = new ArrayDeque<>(Set.of(id));
        while (!next.isEmpty()) {
            PluginId used = next.pop();
            for (PluginInfo plugin : plugins) {
                if (plugin.dependencies().contains(used) && found.add(plugin.id())) {
                    next.push(plugin.id());
                }
            }
        }
        return found;
    }

    /** {@code answer} of an operation that stopped the plugin. */
    JsonObject stopped(JsonObject answer) {
        JsonArray notes = withUsers("They start again when it does.");
        if (wanted.isPresent()) {
            notes.add("The configuration wants '" + id
                    + "'. It stays stopped until it is started by hand, its section changes,"
                    + " or the node starts anew; set 'enabled: false' there to keep it stopped.");
        }
        return put(answer, notes);
    }

    /** {@code answer} of an operation that removed the plugin. */
    JsonObject removed(JsonObject answer) {
        boolean comesBack = wanted.flatMap(WantedPlugin::source).isPresent();
        JsonArray notes =
                withUsers(comesBack ? "They start again when it is back." : "They wait until it is installed again.");
        wanted.ifPresent(plugin -> notes.add(plugin.source()
                .map(source -> "The configuration wants '" + id + "': it is installed again from " + source
                        + " at the next pass. Take its section out of the configuration to be rid of it.")
                .orElse("The configuration wants '" + id + "' but names no source, so it stays away until it is"
                        + " installed.")));
        return put(answer, notes).put("comesBack", comesBack);
    }

    private JsonArray withUsers(String then) {
        JsonArray notes = new JsonArray();
        if (!users.isEmpty()) {
            notes.add("Stopped with it: " + String.join(", ", names()) + ". " + then);
        }
        return notes;
    }

    private JsonObject put(JsonObject answer, JsonArray notes) {
        return answer.put("alsoStopped", new JsonArray(names()))
                .put("wanted", wanted.isPresent())
                .put("notes", notes);
    }

    private List<String> names() {
        return users.stream().map(PluginId::value).toList();
    }
}
