package io.dataprism.kernel.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Denials on their way into the log: the same within a second is one line with a count. Who is denied more, and other, things than a person would read is
 * counted by permission, one line a minute each: a plugin can't fill the disk, nor rotate out what others did, by being refused. Guarded by the inbox.
 */
final class DenialTally {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);
    private static final long LONG_WINDOW = TimeUnit.MINUTES.toNanos(1);
    /** So many lines at once, and one more every so many nanoseconds. */
    static final int BURST = 100;

    private static final long EACH = TimeUnit.SECONDS.toNanos(6);
    private static final int MOST = 5_000;

    private final Map<Key, Tally> open = new LinkedHashMap<>();
    private final Map<Actor, Allowance> allowances = new HashMap<>();

    /** @param many whether it stands for all targets */
    private record Key(Actor who, String what, String target, boolean many) {}

    private static final class Tally {
        private final Instant at;
        private final long over;
        private final AuditEntry entry;
        private long count;

        Tally(Instant at, long over, AuditEntry entry) {
            this.at = at;
            this.over = over;
            this.entry = entry;
        }
    }

    /** How many lines somebody may still have. */
    private static final class Allowance {
        private long tokens = BURST;
        private long since;

        Allowance(long now) {
            since = now;
        }

        boolean take(long now) {
            fill(now);
            if (tokens == 0) {
                return false;
            }
            tokens--;
            return true;
        }

        private void fill(long now) {
            long more = (now - since) / EACH;
            tokens = Math.min(BURST, tokens + more);
            since += more * EACH;
        }

        boolean isFull(long now) {
            fill(now);
            return tokens == BURST;
        }
    }

    /** Count {@code denied}; false where there is no room for it. */
    boolean add(AuditEntry denied, Instant at, long now) {
        Key key = new Key(denied.who(), denied.what(), denied.target(), false);
        Tally known = open.get(key);
        if (known == null && isAllowed(denied.who(), now)) {
            known = new Tally(at, now + WINDOW, denied);
            open.put(key, known);
        } else if (known == null) {
            known = many(denied, at, now);
        }
        if (known == null) {
            return false;
        }
        known.count += denied.count();
        return true;
    }

    private boolean isAllowed(Actor who, long now) {
        if (open.size() >= MOST) {
            return false;
        }
        if (allowances.size() >= MOST) {
            allowances.values().removeIf(allowance -> allowance.isFull(now));
        }
        Allowance known = allowances.get(who);
        if (known == null && allowances.size() < MOST) {
            known = new Allowance(now);
            allowances.put(who, known);
        }
        return known != null && known.take(now);
    }

    private @Nullable Tally many(AuditEntry denied, Instant at, long now) {
        Key key = new Key(denied.who(), denied.what(), "", true);
        Tally known = open.get(key);
        if (known == null && open.size() < 2 * MOST) {
            AuditEntry any = AuditEntry.denied(
                    denied.who(),
                    denied.what(),
                    "",
                    "it was refused so often, or so much, that this minute is counted in one line; the last that had a line of its own says why",
                    "");
            known = new Tally(at, now + LONG_WINDOW, any);
            open.put(key, known);
        }
        return known;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** In how many nanoseconds the first of them is a line; {@link Long#MAX_VALUE} where there is none. */
    long dueIn(long now) {
        long due = Long.MAX_VALUE;
        for (Tally tally : open.values()) {
            due = Math.min(due, Math.max(0, tally.over - now));
        }
        return due;
    }

    /** Take those that are lines by now, or all. */
    List<Timed> take(long now, boolean all) {
        List<Timed> over = new ArrayList<>();
        Iterator<Tally> each = open.values().iterator();
        while (each.hasNext()) {
            Tally tally = each.next();
            if (all || now - tally.over >= 0) {
                over.add(new Timed(tally.at, tally.entry.times(tally.count)));
                each.remove();
            }
        }
        return over;
    }
}
