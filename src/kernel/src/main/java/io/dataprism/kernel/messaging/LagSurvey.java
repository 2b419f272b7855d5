package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.MailboxEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what waits for somebody, from outside and without a step in the way of messages. */
final class LagSurvey {
    private static final Object CALLS = "calls";

    private final Party party;
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

    private LagSurvey(Party party) {
        this.party = party;
    }

    static Lag of(Party party) {
        return new LagSurvey(party).lag();
    }

    private Lag lag() {
        party.look(this::see);
        List<Lag.Part> parts = parts();
        return new Lag(
                party.caller,
                party.waiting(),
                party.waitingBytes(),
                party.limits().messages(),
                party.limits().bytes(),
                all.held,
                parts.stream().mapToLong(Lag.Part::dropped).sum(),
                parts.stream().mapToLong(Lag.Part::refused).sum(),
                all.age(),
                party.isBehind(),
                parts);
    }

    private void see(MailboxEntry entry, boolean outside) {
        if (entry instanceof Delivery message && message.receiver() == party) {
            all.add(message, outside);
            Object place = message.place();
            tallies.computeIfAbsent(place == null ? CALLS : place, any -> new Tally())
                    .add(message, outside);
        }
    }

    private List<Lag.Part> parts() {
        List<Lag.Part> parts = new ArrayList<>();
        party.subscriptions.forEach(subscription -> parts.add(
                part("topic " + subscription.pattern, subscription, subscription.dropped(), subscription.refused())));
        party.memberships.forEach(
                member -> parts.add(part("channel " + member.name(), member, member.dropped(), member.refused())));
        parts.sort(Comparator.comparing(Lag.Part::where));
        parts.add(part("calls", CALLS, 0, party.refusedCalls()));
        return parts;
    }

    private Lag.Part part(String where, Object place, long dropped, long refused) {
        @Nullable Tally tally = tallies.get(place);
        Tally found = tally == null ? new Tally() : tally;
        return new Lag.Part(where, found.waiting, found.bytes, found.held, dropped, refused, found.age());
    }
}
