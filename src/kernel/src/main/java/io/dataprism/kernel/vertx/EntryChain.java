package io.dataprism.kernel.vertx;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries that are linked by {@link MailboxEntry#next}. What one of them throws when it is told of its end does not keep it from the next. */
final class EntryChain {
    private static final Logger LOG = LoggerFactory.getLogger(EntryChain.class);

    private EntryChain() {}

    /** {@code first} to {@code last}, and behind them {@code more}. */
    static @Nullable MailboxEntry joined(
            @Nullable MailboxEntry first, @Nullable MailboxEntry last, @Nullable MailboxEntry more) {
        if (first == null || last == null) {
            return more;
        }
        // What was pushed last stands last once the stack is turned around.
        last.next = more;
        return first;
    }

    /** A stack turned around: the one that was pushed first comes first. */
    static MailboxEntry reversed(MailboxEntry top) {
        MailboxEntry first = null;
        MailboxEntry entry = top;
        while (entry != null) {
            MailboxEntry below = entry.next;
            entry.next = first;
            first = entry;
            entry = below;
        }
        return first == null ? top : first;
    }

    /** Add what hangs on {@code first} to {@code seen}, as it looks to somebody to whom it does not belong: it may be turned around meanwhile. */
    static void see(@Nullable MailboxEntry first, Set<MailboxEntry> seen) {
        MailboxEntry entry = first;
        while (entry != null && seen.add(entry)) {
            entry = entry.next;
        }
    }

    /** Tell each that it was taken; answers what they weigh together. */
    static long admit(@Nullable MailboxEntry first) {
        long weight = 0;
        for (MailboxEntry entry = first; entry != null; entry = entry.next) {
            weight += entry.weight();
            try {
                entry.admitted();
            } catch (Throwable failure) {
                report(failure);
            }
        }
        return weight;
    }

    /** Unlink each, and tell it that it will not run. */
    static void discard(@Nullable MailboxEntry first) {
        MailboxEntry entry = first;
        while (entry != null) {
            MailboxEntry next = entry.next;
            entry.next = null;
            discardOne(entry);
            entry = next;
        }
    }

    static void discardOne(MailboxEntry entry) {
        try {
            entry.discarded();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    /** The same for what waited outside. */
    static void turnAway(@Nullable MailboxEntry first) {
        MailboxEntry entry = first;
        while (entry != null) {
            MailboxEntry next = entry.next;
            entry.next = null;
            try {
                entry.turnedAway();
            } catch (Throwable failure) {
                report(failure);
            }
            entry = next;
        }
    }

    private static void report(Throwable failure) {
        LOG.error("An entry of a mailbox failed when it was told of its end", failure);
    }
}
