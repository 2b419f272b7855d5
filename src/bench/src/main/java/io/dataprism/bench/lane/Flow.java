package io.dataprism.bench.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends messages down a lane, at most a window of them ahead of the slowest receiver. A sender without credit parks, and the receiver that
 * gives credit wakes it: nobody spins, since a spinning sender takes the processor from its receivers.
 */
public final class Flow {
    private static final int STRIDE = 16;
    private static final int CREDITED = 8;
    private static final long PATIENCE_SECONDS = 120;

    private final MessageLane lane;
    private final Supplier<Object> bodies;
    private final Consumer<Object> reader;
    private final int receivers;
    private final int window;
    private final int chunk;
    /** For each receiver what it counted and, half a stride on, what it told the sender; strides keep processors' cache lines apart. */
    private final AtomicLongArray counts;

    private final AtomicBoolean parked = new AtomicBoolean();
    private final AtomicInteger unfinished = new AtomicInteger();
    private long sent;
    private long target;
    private CountDownLatch done = new CountDownLatch(0);

    /**
     * @param window messages under way at most; a power of two, at least 8
     * @param bodies what is sent
     * @param reader what a receiver does with a body besides counting it
     */
    public Flow(MessageLane lane, int receivers, int window, Supplier<Object> bodies, Consumer<Object> reader) {
        if (window < 8 || Integer.bitCount(window) != 1) {
            throw new IllegalArgumentException(
                    "A window must be a power of two and at least 8, but is " + window + ".");
        }
        this.lane = lane;
        this.receivers = receivers;
        this.window = window;
        this.chunk = window / 8;
        this.bodies = bodies;
        this.reader = reader;
        this.counts = new AtomicLongArray(receivers * STRIDE);
    }

    /** Open the lane with this flow's receivers. */
    public void open() throws Exception {
        List<Consumer<Object>> all = new ArrayList<>();
        for (int i = 0; i < receivers; i++) {
            int slot = i * STRIDE;
            all.add(body -> arrived(slot, body));
        }
        lane.open(all);
    }

    /** Send so many messages and wait until each receiver has had them all. */
    public void run(long messages) throws InterruptedException, TimeoutException {
        CountDownLatch latch = new CountDownLatch(1);
        done = latch;
        unfinished.set(receivers);
        target += messages;
        lane.execute(this::batch);
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("Of " + target + " messages sent down the lane, the slowest receiver had "
                    + slowest() + " after " + PATIENCE_SECONDS + " s more.");
        }
    }

    /** How many messages receiver {@code index} has had; to be read when no run is under way. */
    public long received(int index) {
        return counts.get(index * STRIDE);
    }

    private void batch() {
        if (sent - slowest() + chunk > window) {
            parked.set(true);
            if (sent - slowest() + chunk > window || !parked.compareAndSet(true, false)) {
                return;
            }
        }
        long last = Math.min(sent + chunk, target);
        while (sent < last) {
            sent++;
            lane.send(bodies.get());
        }
        if (sent < target) {
            lane.execute(this::batch);
        }
    }

    private void arrived(int slot, Object body) {
        reader.accept(body);
        long count = counts.getPlain(slot) + 1;
        counts.setPlain(slot, count);
        if ((count & (chunk - 1)) == 0 || count == target) {
            credit(slot, count);
        }
    }

    private void credit(int slot, long count) {
        counts.set(slot + CREDITED, count);
        if (count == target) {
            if (unfinished.decrementAndGet() == 0) {
                done.countDown();
            }
        } else if (parked.get() && parked.compareAndSet(true, false)) {
            lane.execute(this::batch);
        }
    }

    private long slowest() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < receivers; i++) {
            least = Math.min(least, counts.getAcquire(i * STRIDE + CREDITED));
        }
        return least;
    }
}
