package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one party waits for, in a list through the entries themselves. Mostly touched by that party alone, so its lock is
 * seldom contended; who only looks takes no lock, since one that was contended once costs the party twice as much from then on.
 */
final class PendingReplies {
    private static final VarHandle EARLIEST;
    private static final VarHandle SIZE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            EARLIEST = lookup.findVarHandle(PendingReplies.class, "earliest", long.class);
            SIZE = lookup.findVarHandle(PendingReplies.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable PendingReply<?> first;
    private long earliest = Long.MAX_VALUE;
    private int size;

    /** Add {@code reply}; whether none in the list has to be looked at before it. */
    synchronized boolean add(PendingReply<?> reply) {
        reply.listed = true;
        reply.following = first;
        if (first != null) {
            first.previous = reply;
        }
        first = reply;
        boolean next = size++ == 0 || reply.due() - earliest < 0;
        if (next) {
            earliest = reply.due();
        }
        return next;
    }

    synchronized void remove(PendingReply<?> reply) {
        if (!reply.listed) {
            return;
        }
        reply.listed = false;
        size--;
        if (reply.previous == null) {
            first = reply.following;
        } else {
            reply.previous.following = reply.following;
        }
        if (reply.following != null) {
            reply.following.previous = reply.previous;
        }
        reply.previous = null;
        reply.following = null;
    }

    synchronized boolean isEmpty() {
        return size == 0;
    }

    /** The same as it looks from outside, where what was changed just now may not be seen yet. */
    boolean seemsEmpty() {
        return (int) SIZE.getOpaque(this) == 0;
    }

    /** When to look at the first of them, as it looks from outside; {@code otherwise} where there seems to be none. */
    long earliest(long otherwise) {
        return seemsEmpty() ? otherwise : (long) EARLIEST.getOpaque(this);
    }

    synchronized int size() {
        return size;
    }

    /** Those whose deadline is before {@code now}; they stay in the list until they are completed. */
    private synchronized List<PendingReply<?>> late(long now) {
        if (size == 0 || now - earliest < 0) {
            return List.of();
        }
        List<PendingReply<?>> late = new ArrayList<>();
        long next = now + Long.MAX_VALUE / 2;
        for (PendingReply<?> reply = first; reply != null; reply = reply.following) {
            long due = reply.due();
            if (now - due >= 0) {
                if (reply.isFirstToTell(now)) {
                    late.add(reply);
                } else {
                    next = due;
                }
            } else if (due - next < 0) {
                next = due;
            }
        }
        earliest = next;
        return late;
    }

    /** Whoever asks again and again misses none: what is not seen yet is seen the next time. */
    void failLate(long now, Function<PendingReply<?>, CallException> why) {
        if (now - (long) EARLIEST.getOpaque(this) < 0) {
            return;
        }
        late(now).forEach(reply -> reply.fail(why.apply(reply)));
    }

    /** One that {@code which} picks, or null. */
    synchronized @Nullable PendingReply<?> find(Predicate<PendingReply<?>> which) {
        for (PendingReply<?> reply = first; reply != null; reply = reply.following) {
            if (which.test(reply)) {
                return reply;
            }
        }
        return null;
    }

    /** Fail those that {@code which} picks. */
    void failAll(Predicate<PendingReply<?>> which, Function<PendingReply<?>, CallException> why) {
        pick(which).forEach(reply -> reply.fail(why.apply(reply)));
    }

    synchronized List<PendingReply<?>> pick(Predicate<PendingReply<?>> which) {
        List<PendingReply<?>> picked = new ArrayList<>();
        for (PendingReply<?> reply = first; reply != null; reply = reply.following) {
            if (which.test(reply)) {
                picked.add(reply);
            }
        }
        return picked;
    }
}
