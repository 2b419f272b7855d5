package io.dataprism.bench.lane;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Calls down a lane with a fixed number under way: each answer asks the next question. */
public final class CallFlow {
    private static final long PATIENCE_SECONDS = 120;

    private final CallLane lane;
    private final int inFlight;
    private final Supplier<Object> bodies;
    private final Optional<Histogram> times;
    private final AtomicLong unasked = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private CountDownLatch done = new CountDownLatch(0);

    /** @param times where the nanoseconds from each question to its answer go; only with one in flight */
    public CallFlow(CallLane lane, int inFlight, Supplier<Object> bodies, Optional<Histogram> times) {
        if (times.isPresent() && inFlight != 1) {
            throw new IllegalArgumentException("Times are taken with one call in flight, not with " + inFlight + ".");
        }
        this.lane = lane;
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.times = times;
    }

    /** Ask so many times and wait for the last answer. */
    public void run(long calls) throws InterruptedException, TimeoutException {
        CountDownLatch latch = new CountDownLatch(1);
        done = latch;
        unasked.set(calls);
        unanswered.set(calls);
        lane.execute(() -> {
            for (int i = 0; i < inFlight; i++) {
                ask();
            }
        });
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(
                    unanswered.get() + " of " + calls + " calls were not answered within " + PATIENCE_SECONDS + " s.");
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("A call failed: " + failed.getMessage(), failed);
        }
    }

    private void ask() {
        if (unasked.getAndDecrement() <= 0) {
            return;
        }
        long asked = times.isPresent() ? System.nanoTime() : 0;
        lane.call(bodies.get(), (answer, failed) -> answered(asked, failed));
    }

    private void answered(long asked, @Nullable Throwable failed) {
        try {
            goOn(asked, failed);
        } catch (Throwable e) {
            // A peer may keep to itself what its callbacks throw; nobody would answer any more then.
            failure.compareAndSet(null, e);
            done.countDown();
            throw e;
        }
    }

    private void goOn(long asked, @Nullable Throwable failed) {
        if (times.isPresent()) {
            times.get().recordValue(System.nanoTime() - asked);
        }
        if (failed != null) {
            failure.compareAndSet(null, failed);
        }
        if (unanswered.decrementAndGet() == 0) {
            done.countDown();
        } else {
            ask();
        }
    }
}
