package io.dataprism.kernel.vertx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits outside a full mailbox, in order. It is bounded as the mailbox is; what a lane drops leaves from the middle. While anything
 * waits here, whatever else is offered goes behind it or is refused, so that no message overtakes another. No plugin's code runs under its lock.
 */
final class Overflow {
    private final MailboxLimits limits;
    private @Nullable Node first;
    private @Nullable Node last;
    private int count;
    private long bytes;

    /** One entry that waits. */
    static final class Node {
        private final MailboxEntry entry;
        private final @Nullable OverflowLane lane;
        private @Nullable Node before;
        private @Nullable Node after;

        Node(MailboxEntry entry, @Nullable OverflowLane lane) {
            this.entry = entry;
            this.lane = lane;
        }
    }

    Overflow(MailboxLimits limits) {
        this.limits = limits;
    }

    synchronized boolean isEmpty() {
        return first == null;
    }

    synchronized int size() {
        return count;
    }

    synchronized long bytes() {
        return bytes;
    }

    /**
     * Add {@code entry}.
     *
     * @return the entry that was dropped for it and is not run; {@code entry} itself when there is no room; null otherwise
     */
    synchronized @Nullable MailboxEntry add(MailboxEntry entry, OverflowLane lane) {
        Node oldest = lane.waiting.size() < lane.size() ? null : lane.waiting.peekFirst();
        if (oldest == null) {
            return fits(entry, 0, 0) ? append(entry, lane) : entry;
        }
        if (lane.choice() == OverflowLane.Choice.HOLD || !fits(entry, 1, oldest.entry.weight())) {
            return entry;
        }
        lane.waiting.removeFirst();
        unlink(oldest);
        lane.drop();
        append(entry, lane);
        return oldest.entry;
    }

    /** Add {@code entry}, which its receiver waits for, however much waits already. */
    synchronized void addAnyway(MailboxEntry entry) {
        append(entry, null);
    }

    private boolean fits(MailboxEntry entry, int fewer, int lighter) {
        return limits.fit(count - fewer, bytes - lighter, entry.weight());
    }

    private @Nullable MailboxEntry append(MailboxEntry entry, @Nullable OverflowLane lane) {
        Node node = new Node(entry, lane);
        node.before = last;
        if (last == null) {
            first = node;
        } else {
            last.after = node;
        }
        last = node;
        if (lane != null) {
            lane.waiting.addLast(node);
        }
        count++;
        bytes += entry.weight();
        return null;
    }

    private void unlink(Node node) {
        if (node.before == null) {
            first = node.after;
        } else {
            node.before.after = node.after;
        }
        if (node.after == null) {
            last = node.before;
        } else {
            node.after.before = node.before;
        }
        count--;
        bytes -= node.entry.weight();
    }

    /** All of it in order; it stays. */
    synchronized List<MailboxEntry> entries() {
        List<MailboxEntry> all = new ArrayList<>(count);
        for (Node node = first; node != null; node = node.after) {
            all.add(node.entry);
        }
        return all;
    }

    /** All of it in order, linked by {@link MailboxEntry#next}; nothing is left. */
    synchronized @Nullable MailboxEntry takeAll() {
        MailboxEntry head = null;
        MailboxEntry tail = null;
        for (Node node = first; node != null; node = node.after) {
            if (node.lane != null) {
                node.lane.waiting.pollFirst();
            }
            node.entry.next = null;
            if (tail == null) {
                head = node.entry;
            } else {
                tail.next = node.entry;
            }
            tail = node.entry;
        }
        first = null;
        last = null;
        count = 0;
        bytes = 0;
        return head;
    }
}
