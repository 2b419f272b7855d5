package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.Dependency;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a plugin's whole story: what is known of it in any place of the kernel, and what to do about it. Safe to use from any thread. */
final class PluginDoctor {
    private final KernelParts parts;
    private final GrantDesk grants;

    PluginDoctor(KernelParts parts, GrantDesk grants) {
        this.parts = parts;
        this.grants = grants;
    }

    /**
     * Add to what {@code plugins:info} tells what else there is.
     *
     * @param info is changed
     */
    Future<JsonObject> examine(JsonObject info) {
        PluginId id = new PluginId(info.getString("id"));
        return new HostContext(parts.vertx())
                .deliver(parts.lifecycle().story(id))
                .map(story -> whole(id, info, story));
    }

    private JsonObject whole(PluginId id, JsonObject info, JsonObject story) {
        info.mergeIn(story)
                .put("curve", parts.resources().history(id))
                .put("lacks", grants.requests(Optional.of(id.value())).getJsonArray("requests"))
                .put("tasks", tasks(id));
        parts.lifecycle().plugin(id).ifPresent(plugin -> {
            info.put("asks", asks(plugin));
            info.put("dependsOn", dependsOn(plugin));
        });
        parts.messaging().lag(id).ifPresent(lag -> info.put("lag", lag.toJson()));
        parts.messaging().lastLoss(id).ifPresent(loss -> info.put("lost", loss.toJson()));
        return info.put("next", new JsonArray(PluginAdvice.of(info)));
    }

    private static JsonArray asks(PluginInfo plugin) {
        return array(plugin.manifest().permissions().stream()
                .map(asked ->
                        new JsonObject().put("permission", asked.permission()).put("reason", asked.reason())));
    }

    private JsonArray tasks(PluginId id) {
        return array(parts.tasks().list().stream()
                .filter(task -> task.plugin().equals(id))
                .map(task -> task.toJson()));
    }

    private JsonArray dependsOn(PluginInfo plugin) {
        return array(plugin.manifest().dependencies().stream()
                .map(dependency -> new JsonObject()
                        .put("on", dependency.target().toString())
                        .put("range", dependency.range().toString())
                        .put("optional", dependency.optional())
                        .put("found", array(found(plugin, dependency.target()).map(PluginDoctor::brief)))));
    }

    /** Of those that have a capability, the ones that it uses, if it uses any. */
    private Stream<PluginInfo> found(PluginInfo plugin, Dependency.Target target) {
        if (target instanceof Dependency.OnPlugin on) {
            return parts.lifecycle().plugin(on.id()).stream();
        }
        String capability = ((Dependency.OnCapability) target).capability();
        List<PluginInfo> all = parts.lifecycle().plugins().stream()
                .filter(other -> other.manifest().capabilities().contains(capability))
                .toList();
        List<PluginInfo> used = all.stream()
                .filter(other -> plugin.dependencies().contains(other.id()))
                .toList();
        return (used.isEmpty() ? all : used).stream();
    }

    private static JsonObject brief(PluginInfo plugin) {
        return new JsonObject()
                .put("id", plugin.id().value())
                .put("version", plugin.version())
                .put("state", plugin.state().label());
    }

    private static JsonArray array(Stream<JsonObject> all) {
        return new JsonArray(all.toList());
    }
}
