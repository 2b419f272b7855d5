package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.vertx.StackRoom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last values of topics, within bounds for the node and for each publisher. Whoever publishes one delivers it under this object's lock, and
 * whoever subscribes collects those of its topics and becomes a subscriber under it, so that each value reaches each subscriber once and
 * before newer ones. Safe to use from any thread.
 */
final class RetainedValues {
    private static final String TOO_MUCH_EACH = "DP-0424";
    private static final String TOO_MUCH = "DP-0425";
    private static final int MOST_CLEARED = 10_000;

    private final RetainLimits limits;
    private final TopicTrie<RetainedValue> byPattern = new TopicTrie<>();
    private final Map<String, RetainedValue> byTopic = new HashMap<>();
    private final Map<RetainedValue.Owner, Account> accounts = new HashMap<>();
    private final Account all = new Account();
    /** When topics lost their values, so that an older value of another node does not come back. */
    private final Map<String, RetainedValue.Stamp> cleared = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RetainedValue.Stamp> eldest) {
            return size() > MOST_CLEARED;
        }
    };

    /** What somebody keeps. */
    private static final class Account {
        private int values;
        private long bytes;

        void add(RetainedValue value, int sign) {
            values += sign;
            bytes += sign * value.weight();
        }
    }

    RetainedValues(RetainLimits limits) {
        this.limits = limits;
    }

    /** The stamp for a value that {@code node} publishes now. */
    synchronized RetainedValue.Stamp stamp(String topic, long now, String node) {
        RetainedValue.Stamp last = last(topic);
        return new RetainedValue.Stamp(last == null ? now : Math.max(now, last.millis() + 1), node);
    }

    private RetainedValue.@Nullable Stamp last(String topic) {
        RetainedValue known = byTopic.get(topic);
        return known == null ? cleared.get(topic) : known.stamp();
    }

    /** Whether {@code stamp} is newer than all that is known of {@code topic}. */
    synchronized boolean isNews(String topic, RetainedValue.Stamp stamp) {
        RetainedValue.Stamp last = last(topic);
        return last == null || stamp.isAfter(last);
    }

    /** Whether the last that is known of {@code topic} has this {@code stamp}. */
    synchronized boolean knows(String topic, RetainedValue.Stamp stamp) {
        return stamp.equals(last(topic));
    }

    synchronized boolean isLast(RetainedValue value) {
        RetainedValue known = byTopic.get(value.topic());
        return known != null && known.stamp().equals(value.stamp());
    }

    /**
     * Keep {@code value} in the place of its topic's last one.
     *
     * @throws PluginException {@code DP-0424} or {@code DP-0425} where too much is kept; then everything stays as it is
     */
    synchronized void keep(RetainedValue value) {
        // What is counted below, a part of it would leave wrong for everybody.
        StackRoom.require();
        RetainedValue before = byTopic.get(value.topic());
        if (value.message() != null) {
            requireRoom(value, before);
        }
        if (before != null) {
            drop(before);
        }
        cleared.remove(value.topic());
        if (value.message() == null) {
            cleared.put(value.topic(), value.stamp());
        } else {
            byTopic.put(value.topic(), value);
            byPattern.add(value.topic(), value);
            all.add(value, 1);
            accountOf(value.owner()).add(value, 1);
        }
    }

    private void drop(RetainedValue value) {
        byTopic.remove(value.topic());
        byPattern.remove(value.topic(), value);
        all.add(value, -1);
        Account account = accountOf(value.owner());
        account.add(value, -1);
        if (account.values == 0) {
            accounts.remove(value.owner());
        }
    }

    /** Without a lambda: to link it for the first time takes more of a stack than was asked for. */
    private Account accountOf(RetainedValue.Owner owner) {
        Account known = accounts.get(owner);
        if (known == null) {
            known = new Account();
            accounts.put(owner, known);
        }
        return known;
    }

    private void requireRoom(RetainedValue value, @Nullable RetainedValue before) {
        RetainedValue.Owner owner = value.owner();
        Account own = accounts.getOrDefault(owner, new Account());
        RetainedValue ownBefore = before != null && before.owner().equals(owner) ? before : null;
        if (!owner.isHosts() && !fits(own, value, ownBefore, limits.valuesEach(), limits.bytesEach())) {
            throw tooMany(TOO_MUCH_EACH, value, own, limits.valuesEach(), limits.bytesEach());
        }
        if (!fits(all, value, before, limits.values(), limits.bytes())) {
            throw tooMany(TOO_MUCH, value, all, limits.values(), limits.bytes());
        }
    }

    private static boolean fits(
            Account held, RetainedValue value, @Nullable RetainedValue before, int values, long bytes) {
        int fewer = before == null ? 0 : 1;
        long lighter = before == null ? 0 : before.weight();
        return held.values - fewer < values && held.bytes - lighter + value.weight() <= bytes;
    }

    private static PluginException tooMany(String code, RetainedValue value, Account held, int values, long bytes) {
        boolean each = code.equals(TOO_MUCH_EACH);
        Caller caller = value.owner().caller();
        String who = caller.kind() == Caller.Kind.PLUGIN ? "Plugin '" + caller.name() + "'" : caller.toString();
        return new PluginException(
                code,
                who + " may not keep a value for topic '" + value.topic() + "': " + (each ? "it" : "this node")
                        + " keeps " + held.values + " values of " + held.bytes + " bytes, and " + values
                        + " values of " + bytes + " bytes are allowed for a " + (each ? "publisher" : "node")
                        + ". Publish null, retained, to topics whose value nobody needs any more.");
    }

    /** Whether {@code why} is that there was no room for a value. */
    static boolean isFull(Throwable why) {
        return why instanceof PluginException known
                && (known.code().equals(TOO_MUCH_EACH) || known.code().equals(TOO_MUCH));
    }

    /** The values of all topics that {@code pattern} means, in the order in which they came. */
    synchronized List<EventMessage> matching(String pattern) {
        return byPattern.meantBy(pattern).stream()
                .map(RetainedValue::message)
                .sorted(Comparator.comparingLong(EventMessage::arrival))
                .toList();
    }

    /** All that {@code owner} keeps. */
    synchronized List<RetainedValue> of(RetainedValue.Owner owner) {
        return accounts.containsKey(owner)
                ? byTopic.values().stream()
                        .filter(value -> value.owner().equals(owner))
                        .toList()
                : List.of();
    }

    /** All that was published on {@code node}. */
    synchronized List<RetainedValue> from(String node) {
        return byTopic.values().stream()
                .filter(value -> value.owner().node().equals(node))
                .toList();
    }

    /** The topics whose values were taken away on {@code node}, and when; the last ones. */
    synchronized Map<String, RetainedValue.Stamp> takenAwayOn(String node) {
        Map<String, RetainedValue.Stamp> gone = new HashMap<>(cleared);
        gone.values().removeIf(stamp -> !stamp.node().equals(node));
        return gone;
    }

    /** Whether {@code topic} has a value. */
    synchronized boolean has(String topic) {
        return byTopic.containsKey(topic);
    }

    synchronized int size() {
        return all.values;
    }
}
