package io.dataprism.kernel.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What reached a member before it had a handler, in order. It left the mailbox, so it has bounds of its own: a number for each member, and
 * for all of a party's members together the bytes that its mailbox may hold. Of the party's slices.
 */
final class EarlyMessages {
    private static final int MOST = 1_000;

    private final Party party;
    private final Deque<Early> waiting = new ArrayDeque<>();

    EarlyMessages(Party party) {
        this.party = party;
    }

    /** One message that waits for a handler. */
    interface Early {

        /** About how many bytes it holds. */
        int weight();

        /** Whether nobody waits for it any more, so that it is not handled. */
        boolean isOver();

        void handle();

        /** It will not be handled. */
        void drop();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Keep {@code message}; false where there is no room. */
    boolean add(Early message) {
        if (!hasRoom(message.weight())) {
            waiting.stream().filter(Early::isOver).toList().forEach(this::remove);
            if (!hasRoom(message.weight())) {
                return false;
            }
        }
        waiting.add(message);
        party.earlyBytes += message.weight();
        return true;
    }

    private boolean hasRoom(int weight) {
        long bytes = party.earlyBytes;
        return waiting.size() < MOST
                && (bytes == 0 || bytes + weight <= party.limits().bytes());
    }

    /** The first that somebody still waits for, which waits here no longer; null where there is none. */
    @Nullable
    Early poll() {
        while (true) {
            Early first = waiting.poll();
            if (first == null) {
                return null;
            }
            party.earlyBytes -= first.weight();
            if (!first.isOver()) {
                return first;
            }
            first.drop();
        }
    }

    /** Drop one that nobody waits for any more. */
    void remove(Early message) {
        if (waiting.remove(message)) {
            party.earlyBytes -= message.weight();
            message.drop();
        }
    }

    /** Drop everything. */
    void clear() {
        for (Early message = poll(); message != null; message = poll()) {
            message.drop();
        }
    }
}
