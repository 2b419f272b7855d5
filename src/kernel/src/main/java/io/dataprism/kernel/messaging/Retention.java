package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.logging.LogLimit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that stay as the last values of their topics: kept and delivered in one step, so that a subscription made meanwhile gets each of them
 * once. Nobody's code runs under its lock, which is the values'. Safe to use from any thread.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final LocalMessaging messaging;
    private final EventRouter events;
    private final RetainedValues values;
    private final LogLimit logged = new LogLimit();
    /** Publishers on other nodes whose values found no room; each is said once. Guarded by the values. */
    private final Set<RetainedValue.Owner> refused = new HashSet<>();

    Retention(LocalMessaging messaging, EventRouter events, RetainLimits limits) {
        this.messaging = messaging;
        this.events = events;
        this.values = new RetainedValues(limits);
    }

    RetainedValues values() {
        return values;
    }

    /**
     * Keep and deliver what is published on this node.
     *
     * @throws PluginException {@code DP-0424} or {@code DP-0425} where too much is kept; then it reaches nobody
     */
    RetainedValue.Stamp keep(EventMessage message, Delivered told) {
        return Objects.requireNonNull(keep(message, null, told));
    }

    /** Take {@code value} away by {@code gone}, unless there is a newer one. Returns when that was; null where it was not. */
    RetainedValue.@Nullable Stamp clear(RetainedValue value, EventMessage gone, Delivered told) {
        return keep(gone, value, told);
    }

    /** @param instead what must be the topic's last value still; null: whatever is */
    private RetainedValue.@Nullable Stamp keep(EventMessage message, @Nullable RetainedValue instead, Delivered told) {
        RetainedValue.Owner owner = new RetainedValue.Owner(message.source, messaging.node());
        RetainedValue.Stamp stamp;
        EventRouter.Handed handed;
        synchronized (values) {
            if (instead != null && !values.isLast(instead)) {
                return null;
            }
            message.arrive();
            stamp = values.stamp(message.topic, message.millis, messaging.node());
            values.keep(value(message, owner, stamp));
            handed = events.hand(message, told);
        }
        handed.wake();
        events.seen(message, handed, told);
        return stamp;
    }

    private static RetainedValue value(EventMessage message, RetainedValue.Owner owner, RetainedValue.Stamp stamp) {
        return new RetainedValue(message.topic, message.body == null ? null : message.asRetained(), owner, stamp);
    }

    /**
     * Another node passes one on.
     *
     * @param replayed whether it was published before this node asked for what there is
     */
    void passedOn(EventMessage message, RetainedValue.Stamp stamp, boolean replayed) {
        Delivered told = new Delivered();
        EventRouter.Handed handed;
        synchronized (values) {
            if (values.knows(message.topic, stamp) || (replayed && !values.isNews(message.topic, stamp))) {
                return;
            }
            message.arrive();
            boolean goneUnheard = replayed && message.body == null && !values.has(message.topic);
            if (values.isNews(message.topic, stamp)) {
                keepAnothers(value(message, new RetainedValue.Owner(message.source, stamp.node()), stamp));
            }
            if (goneUnheard) {
                return;
            }
            handed = events.hand(replayed ? message.asRetained() : message, told);
        }
        handed.wake();
        if (!replayed) {
            events.seen(message, handed, told);
        }
    }

    /** Its publisher is not here to be told that there is no room, so the log is. */
    private void keepAnothers(RetainedValue value) {
        try {
            values.keep(value);
            refused.remove(value.owner());
        } catch (PluginException full) {
            if (refused.add(value.owner())) {
                String node = value.owner().node();
                logged.say(node, more -> LOG.warn("Node '{}': {}{}", node, full.getMessage(), more));
            }
        }
    }

    /**
     * Make {@code subscription} one of those that get its events, with the last values before them.
     *
     * @return how many values there are for which its mailbox had no room; where that is not 0, it gets nothing
     */
    int enter(TopicSubscription subscription, Topics topics, Dormancy dormancy) {
        synchronized (values) {
            List<EventMessage> last = values.matching(subscription.pattern);
            last.forEach(message -> messaging.handles().give(message.body, subscription.party.caller));
            if (!dormancy.subscribed(subscription, last)) {
                return last.size();
            }
            topics.add(subscription);
            return 0;
        }
    }

    /** The values of plugin {@code id} on this node. */
    List<RetainedValue> of(PluginId id) {
        return values.of(new RetainedValue.Owner(Caller.plugin(id), messaging.node()));
    }
}
