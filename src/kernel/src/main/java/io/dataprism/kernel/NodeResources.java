package io.dataprism.kernel;

import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.resource.PluginUse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.List;

/** What the node and its plugins use, looked at again and again, and told as {@code kernel.resources}. */
final class NodeResources {
    private static final String TOPIC = "kernel.resources";

    private final KernelParts parts;

    NodeResources(KernelParts parts) {
        this.parts = parts;
    }

    /** Each second, so that it costs next to nothing where nobody hears it and plugins rest. */
    void check() {
        List<PluginUse> busy = parts.resources().sample();
        if (parts.messaging().isHeard(TOPIC)) {
            parts.host().events().publish(TOPIC, node().put("plugins", plugins(busy)));
        }
    }

    /** What the node uses, and which unloaded plugins are still in memory ({@code unloading}): {@code at}, {@code heap}, {@code heapLimit}, {@code threads}, {@code memory}, {@code memoryLimit}. */
    JsonObject node() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new JsonObject()
                .put("at", Instant.now().toString())
                .put("heap", heap.getUsed())
                .put("heapLimit", heap.getMax())
                .put("threads", ManagementFactory.getThreadMXBean().getThreadCount())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("memory", parts.resources().accounts().total())
                .put("memoryLimit", parts.resources().accounts().totalLimit())
                .put("unloading", parts.lifecycle().unloading());
    }

    /** Each with its state, and why where that is an odd one. */
    JsonArray plugins(List<PluginUse> uses) {
        JsonArray all = new JsonArray();
        uses.forEach(use -> all.add(parts.lifecycle()
                .plugin(use.plugin())
                .map(info -> with(use.toJson(), info))
                .orElseGet(use::toJson)));
        return all;
    }

    private static JsonObject with(JsonObject use, PluginInfo info) {
        use.put("state", info.state().label());
        info.reason().ifPresent(why -> use.put("reason", why));
        info.failure().ifPresent(failure -> use.put("reason", failure.message()));
        info.waiting().ifPresent(why -> use.put("reason", why));
        return use;
    }
}
