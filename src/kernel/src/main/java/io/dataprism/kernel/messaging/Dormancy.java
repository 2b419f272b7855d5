package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The plugins of a node that run only when needed. Safe to use from any thread. */
final class Dormancy {
    private final LocalMessaging messaging;
    private final List<DormantPlugin> plugins = new CopyOnWriteArrayList<>();

    Dormancy(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    Runnable add(PluginId id, Set<String> capabilities, Set<String> topics) {
        topics.forEach(Topic::checkPattern);
        DormantPlugin plugin = new DormantPlugin(messaging, id, topics);
        plugins.add(plugin);
        messaging.edge().calls().dormant(plugin, capabilities);
        return () -> {
            plugins.remove(plugin);
            plugin.drop();
            messaging.edge().calls().awake(plugin);
            messaging
                    .calls()
                    .plugin(id.value())
                    .filter(PluginParty::isRunning)
                    .ifPresent(messaging.edge().calls()::serving);
        };
    }

    /** Those that events of {@code topic} start. */
    List<DormantPlugin> wanting(String topic) {
        if (plugins.isEmpty()) {
            return List.of();
        }
        List<DormantPlugin> found = new ArrayList<>();
        for (DormantPlugin plugin : plugins) {
            if (plugin.wants(topic)) {
                found.add(plugin);
            }
        }
        return found;
    }

    void subscribed(PluginId id, TopicSubscription subscription) {
        for (DormantPlugin plugin : plugins) {
            if (plugin.id().equals(id)) {
                plugin.handOver(subscription);
            }
        }
    }

    void serving(PluginId id) {
        for (DormantPlugin plugin : plugins) {
            if (plugin.id().equals(id)) {
                plugin.drop();
            }
        }
    }

    boolean isDormant(PluginId id) {
        return plugins.stream().anyMatch(plugin -> plugin.id().equals(id));
    }
}
