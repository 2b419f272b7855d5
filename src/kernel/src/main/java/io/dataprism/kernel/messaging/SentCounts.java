package io.dataprism.kernel.messaging;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many messages one party was allowed to send, by the permission for it. Counting costs next to nothing in the party's slices, of which one runs at a time;
 * on other threads it is an atomic addition. Safe to use from any thread; one takes.
 */
final class SentCounts {
    /** What is counted. */
    enum Kind {
        EVENT("event-publish", 0),
        CALL("call", 1),
        CHANNEL("channel", 2);

        final String permission;
        private final int place;

        Kind(String permission, int place) {
            this.permission = permission;
            this.place = place;
        }
    }

    private static final int KINDS = 3;

    /** In slices, on other threads, and what was taken of both. */
    private final AtomicLongArray counts = new AtomicLongArray(3 * KINDS);

    void addInSlice(Kind kind) {
        int at = kind.place;
        counts.setOpaque(at, counts.getOpaque(at) + 1);
    }

    void add(Kind kind) {
        counts.getAndIncrement(KINDS + kind.place);
    }

    /** How many of all kinds there were so far. */
    long all() {
        long all = 0;
        for (int i = 0; i < 2 * KINDS; i++) {
            all += counts.getOpaque(i);
        }
        return all;
    }

    /** How many there were since this was asked last. */
    long take(Kind kind) {
        int at = kind.place;
        long all = counts.getOpaque(at) + counts.get(KINDS + at);
        return all - counts.getAndSet(2 * KINDS + at, all);
    }
}
