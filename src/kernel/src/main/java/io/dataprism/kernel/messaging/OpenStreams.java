package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams one party reads. Safe to use from any thread: opening many at once passes no limit. */
final class OpenStreams {
    private static final int MOST = 1_000;

    private final AtomicInteger open = new AtomicInteger();

    /** Count one more, to be followed by {@link #end}; false where there are too many. */
    boolean begin() {
        if (open.incrementAndGet() <= MOST) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    void end() {
        open.decrementAndGet();
    }

    CallException tooMany(Caller caller) {
        return new CallException(
                FailureKind.BUSY,
                caller + " reads " + MOST + " streams, which is the most. Close those that are not read to the end.");
    }
}
