package io.dataprism.faults.node;

import io.dataprism.app.control.ControlClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Asks a node for something simple at a fixed rate, as an operator would, by connections of its own, and keeps the longest time that an answer took. */
public final class ControlPace implements AutoCloseable {
    private static final long PERIOD_NANOS = 50_000_000;

    private final NodeProcess node;
    private final Thread thread = new Thread(this::ask, "control-pace");
    private volatile boolean closed;
    private volatile long due;
    private volatile boolean asking;
    private final AtomicLong answered = new AtomicLong();
    private volatile long longest;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    public ControlPace(NodeProcess node) {
        this.node = node;
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        try {
            long next = System.nanoTime();
            while (!closed) {
                due = next;
                asking = true;
                try (ControlClient client = node.connect()) {
                    client.invoke("plugins", "list", new JsonObject());
                }
                asking = false;
                longest = Math.max(longest, System.nanoTime() - next);
                answered.incrementAndGet();
                next += PERIOD_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** The longest time so far, counted from when it was due; also of what was not answered yet. */
    public Duration longest() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return Duration.ofNanos(asking ? Math.max(longest, System.nanoTime() - due) : longest);
    }

    public long answered() {
        return answered.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
