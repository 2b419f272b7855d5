package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.MailboxEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what waits for a plugin, from outside and without a step in the way of messages. */
final class LagSurvey {
    private static final Object CALLS = "calls";

    private final PluginParty plugin;
    private final long now = System.currentTimeMillis();
    private final IdentityHashMap<Object, Tally> tallies = new IdentityHashMap<>();
    private final Tally all = new Tally();

    /** What waits in one place. */
    private final class Tally {
        private int waiting;
        private long bytes;
        private int held;
        private long oldest = now;

        void add(Delivery message, boolean outside) {
            waiting++;
            bytes += message.weight();
            held += outside ? 1 : 0;
            oldest = Math.min(oldest, message.sentMillis());
        }

        Duration age() {
            return Duration.ofMillis(Math.max(0, now - oldest));
        }
    }

    private LagSurvey(PluginParty plugin) {
        this.plugin = plugin;
    }

    static Lag of(PluginParty plugin) {
        return new LagSurvey(plugin).lag();
    }

    private Lag lag() {
        plugin.look(this::see);
        List<Lag.Part> parts = parts();
        return new Lag(
                plugin.caller,
                plugin.waiting(),
                plugin.waitingBytes(),
                plugin.limits().messages(),
                plugin.limits().bytes(),
                all.held,
                parts.stream().mapToLong(Lag.Part::dropped).sum(),
                parts.stream().mapToLong(Lag.Part::refused).sum(),
                all.age(),
                plugin.isBehind(),
                parts);
    }

    private void see(MailboxEntry entry, boolean outside) {
        if (entry instanceof Delivery message && message.receiver() == plugin) {
            all.add(message, outside);
            Object place = message.place();
            tallies.computeIfAbsent(place == null ? CALLS : place, any -> new Tally())
                    .add(message, outside);
        }
    }

    private List<Lag.Part> parts() {
        List<Lag.Part> parts = new ArrayList<>();
        plugin.subscriptions.forEach(subscription -> parts.add(
                part("topic " + subscription.pattern, subscription, subscription.dropped(), subscription.refused())));
        plugin.memberships.forEach(
                member -> parts.add(part("channel " + member.name(), member, member.dropped(), member.refused())));
        parts.sort(Comparator.comparing(Lag.Part::where));
        parts.add(part("calls", CALLS, 0, plugin.refusedCalls()));
        return parts;
    }

    private Lag.Part part(String where, Object place, long dropped, long refused) {
        @Nullable Tally tally = tallies.get(place);
        Tally found = tally == null ? new Tally() : tally;
        return new Lag.Part(where, found.waiting, found.bytes, found.held, dropped, refused, found.age());
    }
}
