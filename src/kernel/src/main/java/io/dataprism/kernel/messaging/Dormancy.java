package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The plugins of a node that run only when needed. Safe to use from any thread. */
final class Dormancy {
    private final LocalMessaging messaging;
    private final Map<PluginId, List<DormantPlugin>> plugins = new ConcurrentHashMap<>();
    private final TopicTrie<DormantPlugin> wanting = new TopicTrie<>();

    Dormancy(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    Runnable add(PluginId id, Set<String> capabilities, Set<String> topics) {
        topics.forEach(Topic::checkPattern);
        DormantPlugin plugin = new DormantPlugin(messaging, id);
        plugins.compute(id, (any, same) -> {
            List<DormantPlugin> all = same == null ? new CopyOnWriteArrayList<>() : same;
            all.add(plugin);
            return all;
        });
        topics.forEach(topic -> wanting.add(topic, plugin));
        messaging.edge().calls().dormant(plugin, capabilities);
        return () -> {
            topics.forEach(topic -> wanting.remove(topic, plugin));
            plugins.computeIfPresent(id, (any, same) -> {
                same.remove(plugin);
                return same.isEmpty() ? null : same;
            });
            plugin.drop("it is no longer started by them");
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
        List<DormantPlugin> found = wanting.find(topic);
        // Several of its topics may mean the same one.
        return found.size() < 2 ? found : List.copyOf(new LinkedHashSet<>(found));
    }

    /**
     * {@code subscription} gets the last values of its topics, and what was kept for it, in the order in which they came. Whether there was room for
     * the values.
     */
    boolean subscribed(TopicSubscription subscription, List<EventMessage> values) {
        List<DormantPlugin> same = subscription.party instanceof PluginParty plugin ? of(plugin.id()) : List.of();
        if (same.isEmpty()) {
            return values.stream().allMatch(value -> Topics.offer(value, subscription));
        }
        boolean taken = true;
        for (int i = 0; i < same.size(); i++) {
            taken &= same.get(i).handOver(subscription, i == 0 ? values : List.of());
        }
        return taken;
    }

    void serving(PluginId id) {
        of(id).forEach(plugin -> plugin.drop("it has not subscribed to that"));
    }

    boolean isDormant(PluginId id) {
        return !of(id).isEmpty();
    }

    private List<DormantPlugin> of(PluginId id) {
        return plugins.getOrDefault(id, List.of());
    }
}
