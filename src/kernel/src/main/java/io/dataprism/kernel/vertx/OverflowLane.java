package io.dataprism.kernel.vertx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;

/** What one subscription wants done with its entries while its receiver's mailbox is full, and what it lost by that. */
public final class OverflowLane {

    /** What happens to an entry for which there is no room. */
    public enum Choice {
        /** It waits outside, and its sender is told when it has been taken. */
        HOLD,
        /** It takes the place of what this lane has waiting outside. */
        LATEST,
        /** It waits outside; beyond the lane's size, the lane's oldest is dropped. */
        OLDEST
    }

    private final Choice choice;
    private final int size;
    private final LongAdder dropped = new LongAdder();

    /** Guarded by the mailbox's overflow. */
    final Deque<Overflow.Node> waiting = new ArrayDeque<>();

    /** @param size entries at most that wait outside; of no meaning for {@link Choice#LATEST} */
    public OverflowLane(Choice choice, int size) {
        this.choice = choice;
        this.size = choice == Choice.LATEST ? 1 : size;
    }

    /** Whether who sends waits while there is no room. */
    public boolean holds() {
        return choice == Choice.HOLD;
    }

    Choice choice() {
        return choice;
    }

    int size() {
        return size;
    }

    void drop() {
        dropped.increment();
    }

    /** How many entries were dropped so far. */
    public long dropped() {
        return dropped.sum();
    }
}
