package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.traffic.Reason;
import io.dataprism.kernel.vertx.MailboxLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plugin that runs only when needed. The first event of its topics starts it; what comes while it starts is kept for the subscriptions
 * that it then makes. Safe to use from any thread.
 */
final class DormantPlugin {
    private static final int MOST_KEPT = 1_000;
    private static final String TOO_MUCH = "Too much waits for it to start.";
    private static final long MOST_BYTES = MailboxLimits.DEFAULT.bytes();

    private final LocalMessaging messaging;
    private final PluginId id;
    // Guarded by this.
    private final Deque<EventMessage> kept = new ArrayDeque<>();
    private long keptBytes;

    DormantPlugin(LocalMessaging messaging, PluginId id) {
        this.messaging = messaging;
        this.id = id;
    }

    PluginId id() {
        return id;
    }

    /**
     * An event of its topics was published.
     *
     * @param receivers who gets it anyway; a subscription that this plugin makes from now on is not among them
     * @param told what becomes of it
     * @return whether it is the first that is kept, so that the plugin is to be woken
     */
    synchronized boolean take(EventMessage message, TopicSubscription[] receivers, Delivered told) {
        Optional<PluginParty> awake = messaging.calls().plugin(id.value());
        if (awake.isPresent() && isReached(awake.get(), message, receivers, told)) {
            return false;
        }
        if (kept.size() == MOST_KEPT || (!kept.isEmpty() && keptBytes + message.weight > MOST_BYTES)) {
            told.refused(Caller.plugin(id), FailureKind.BUSY, TOO_MUCH);
            died(message, Reason.FULL, TOO_MUCH);
            messaging.lost("plugin:" + id, "topic " + message.topic + ", since too much waits for it to start");
            return false;
        }
        message.arrive();
        kept.add(message);
        keptBytes += message.weight;
        told.woke();
        return kept.size() == 1;
    }

    /** Have it started. Under no lock. */
    void wake() {
        messaging.calls().activator().activate(id).onFailure(failure -> drop("it could not be started"));
    }

    private void died(EventMessage message, Reason reason, String why) {
        String label = Caller.plugin(id).label();
        messaging.witness().died(Subject.of(messaging, message, label), label, reason, why);
    }

    /** Whether there is nothing to keep for a plugin that is up: it gets the event, or runs and does not want it. */
    private boolean isReached(PluginParty plugin, EventMessage message, TopicSubscription[] receivers, Delivered told) {
        if (!plugin.isAccepting()) {
            return false;
        }
        for (TopicSubscription receiver : receivers) {
            if (receiver.party == plugin) {
                return true;
            }
        }
        boolean subscribed = false;
        for (TopicSubscription late : plugin.subscriptions) {
            if (late.matches(message.topic)) {
                handOver(late, List.of());
                Topics.deliver(message, new TopicSubscription[] {late}, told);
                subscribed = true;
            }
        }
        return subscribed || plugin.isRunning();
    }

    /**
     * The plugin subscribed: what was kept for that goes into its mailbox, where it waits until it serves.
     *
     * @param values the last values of its topics, which go in between; one that was kept here is no earlier than the subscription
     * @return whether there was room for the values
     */
    synchronized boolean handOver(TopicSubscription subscription, List<EventMessage> values) {
        NavigableMap<Long, EventMessage> all = new TreeMap<>();
        values.forEach(value -> all.put(value.arrival(), value));
        kept.stream().filter(message -> subscription.matches(message.topic)).forEach(message -> {
            all.put(message.arrival(), message);
            keptBytes -= message.weight;
        });
        kept.removeIf(message -> all.get(message.arrival()) == message);
        boolean taken = true;
        for (EventMessage message : all.values()) {
            if (!Topics.offer(message, subscription)) {
                boolean isValue = values.contains(message);
                taken &= !isValue;
                // Where there is no room for the values it is not subscribed, and told so.
                if (!isValue) {
                    died(message, Reason.FULL, "Its mailbox is full.");
                }
                messaging.lost("plugin:" + id, "topic " + message.topic + ", since its mailbox is full");
            }
        }
        return taken;
    }

    /**
     * What it has not subscribed to by now never reaches it: these are dead letters, and logged, a line a topic.
     *
     * @param why it serves, could not be started, or no longer waits to be
     */
    void drop(String why) {
        Map<String, Integer> lost = new TreeMap<>();
        List<EventMessage> dropped;
        synchronized (this) {
            dropped = List.copyOf(kept);
            kept.clear();
            keptBytes = 0;
        }
        dropped.forEach(message -> {
            lost.merge(message.topic, 1, Integer::sum);
            died(message, Reason.UNDELIVERABLE, "It waited for the plugin to start, but " + why + ".");
        });
        lost.forEach((topic, count) ->
                messaging.lost("plugin:" + id, "topic " + topic + " (" + count + " in all), since " + why));
    }
}
