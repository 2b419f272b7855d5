package io.dataprism.kernel.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The failures of one plugin, and what follows from each. Owned by one thread. */
public final class FailureHistory {
    /** So many failures are kept to be shown, the newest. */
    static final int SHOWN = 10;

    private final Deque<FailureRecord> shown = new ArrayDeque<>();
    /** When each failure happened that counts, on the clock of whoever tells of them. */
    private final Deque<Long> counted = new ArrayDeque<>();
    /** Failures without a time between them in which it ran well. */
    private int inARow;

    /**
     * It failed.
     *
     * @param now nanoseconds on a clock that only goes forward
     * @param asked whether it failed in a start that somebody asked for, before it ever ran since
     * @param draw between 0 and 1, by chance
     */
    public Verdict failed(FailureRecord failure, long now, boolean asked, Supervision by, double draw) {
        note(failure);
        if (!by.restart().restarts(asked)) {
            return new Verdict.Rest();
        }
        Duration within = by.intensity().within();
        // Or a short time of the intensity would keep the pauses short as well.
        boolean ranWell = failure.ran().compareTo(within) >= 0
                && failure.ran().compareTo(by.backOff().most()) >= 0;
        inARow = ranWell ? 1 : inARow + 1;
        counted.add(now);
        int failures = within(within, now);
        return failures >= by.intensity().failures()
                ? new Verdict.GivenUp(failures)
                : new Verdict.Again(by.backOff().after(inARow, draw), failures);
    }

    /** It failed in a way from which nothing follows here; only kept. */
    public void note(FailureRecord failure) {
        shown.addLast(failure);
        if (shown.size() > SHOWN) {
            shown.removeFirst();
        }
    }

    private int within(Duration window, long now) {
        while (!counted.isEmpty() && now - counted.peekFirst() >= window.toNanos()) {
            counted.removeFirst();
        }
        return counted.size();
    }

    /** Count from none again, since somebody asked for a start; what happened is still shown. */
    public void startOver() {
        counted.clear();
        inARow = 0;
    }

    /** The last failures, the oldest first. */
    public List<FailureRecord> shown() {
        return List.copyOf(shown);
    }
}
