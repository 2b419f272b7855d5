package io.dataprism.app.node;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of its configuration a node runs, for when something in it keeps the node from working: everything, everything but some plugins, or nothing but the kernel.
 * What is left out stays installed and stored as it is; it gets no grants of the configuration's, and is not started by itself. It holds until the node ends, also
 * when the configuration changes.
 *
 * @param safe whether no plugin and no gateway is run
 * @param without the plugins that are not run, though the others are
 */
public record Selection(boolean safe, Set<PluginId> without) {
    /** Everything. */
    public static final Selection ALL = new Selection(false, Set.of());

    public Selection {
        without = Set.copyOf(without);
    }

    /** {@code conf} with what is run of it. */
    public NodeConf of(NodeConf conf) {
        if (safe) {
            return conf.with(DesiredState.NOTHING, Optional.empty());
        }
        return without.isEmpty()
                ? conf
                : conf.with(
                        new DesiredState(conf.desired().plugins().stream()
                                .filter(plugin -> !without.contains(plugin.id()))
                                .toList()),
                        conf.gateway());
    }

    /**
     * Keep what is left out from being started for others, before anything is.
     *
     * @param conf as it stands
     * @return fails with {@code DP-1030} for a plugin that neither the configuration names nor is installed: what was meant would run
     */
    Future<Void> bar(Kernel kernel, NodeConf conf) {
        List<Future<?>> barred = new ArrayList<>();
        for (PluginId id : without) {
            if (kernel.plugin(id.value()).isPresent()) {
                barred.add(kernel.stop(id.value()));
            } else if (conf.desired().plugin(id).isEmpty()) {
                return Future.failedFuture(unknown(kernel, conf, id));
            }
        }
        return Future.join(barred).mapEmpty();
    }

    private static PluginException unknown(Kernel kernel, NodeConf conf, PluginId id) {
        Set<String> known = new TreeSet<>();
        conf.desired().plugins().forEach(plugin -> known.add(plugin.id().value()));
        kernel.plugins().forEach(plugin -> known.add(plugin.id().value()));
        return new PluginException(
                "DP-1030",
                "The node was not started: --without names plugin '" + id
                        + "', which neither the configuration names nor is installed. "
                        + NearNames.nearest(id.value(), known)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElseGet(() -> known.isEmpty()
                                        ? "There are none."
                                        : "There are " + String.join(", ", known) + "."));
    }

    /** What is left out, in lines for whoever started the node; none where nothing is. */
    public List<String> told(Kernel kernel, NodeConf conf) {
        if (safe) {
            Set<String> left = new TreeSet<>();
            conf.desired().plugins().forEach(plugin -> left.add(plugin.id().value()));
            kernel.plugins().forEach(plugin -> left.add(plugin.id().value()));
            return List.of(
                    "Safe: nothing but the kernel runs, and no gateway is open. These plugins stay as they are and are not started: "
                            + (left.isEmpty() ? "none" : String.join(", ", left))
                            + ". One that is installed starts with: dataprism plugins start ID; what the configuration grants it, it does not have.");
        }
        return without.stream().sorted().map(id -> told(kernel, id)).toList();
    }

    private static String told(Kernel kernel, PluginId id) {
        Set<String> users = new TreeSet<>();
        users(kernel.plugins(), id, users);
        return "Without '" + id + "': it stays as it is and is not started, until you do: dataprism plugins start " + id
                + ". "
                + (users.isEmpty()
                        ? "No installed plugin needs it."
                        : "These need it and wait, or do without where they can: " + String.join(", ", users) + ".");
    }

    /** Those that depend on {@code id}, and those that depend on them. */
    private static void users(List<PluginInfo> all, PluginId id, Set<String> found) {
        Set<String> offered = new HashSet<>();
        all.stream()
                .filter(plugin -> plugin.id().equals(id))
                .forEach(plugin -> offered.addAll(plugin.manifest().capabilities()));
        all.stream()
                .filter(plugin -> plugin.manifest().dependencies().stream()
                        .anyMatch(dependency -> isOn(dependency.target(), id, offered)))
                .filter(plugin -> found.add(plugin.id().value()))
                .forEach(plugin -> users(all, plugin.id(), found));
    }

    private static boolean isOn(Dependency.Target target, PluginId id, Set<String> offered) {
        return target instanceof Dependency.OnPlugin on
                ? on.id().equals(id)
                : offered.contains(((Dependency.OnCapability) target).capability());
    }

    /** Add {@code safe}, {@code without} to what a node tells of itself, where it is so. */
    JsonObject addTo(JsonObject json) {
        if (safe) {
            json.put("safe", true);
        }
        if (!without.isEmpty()) {
            json.put(
                    "without",
                    new JsonArray(without.stream().map(PluginId::value).sorted().toList()));
        }
        return json;
    }
}
