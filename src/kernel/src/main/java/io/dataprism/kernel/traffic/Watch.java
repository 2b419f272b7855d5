package io.dataprism.kernel.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who watches. What is seen waits in a bounded queue of its own until it is taken; what finds no room is dropped and counted, so that no
 * message waits for who watches. Safe to use from any thread.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int MOST = 10_000;
    /** What the bodies of lines that wait may take together. */
    private static final long MOST_BYTES = 8L << 20;

    private final Traffic traffic;
    private final WatchOptions options;
    private final NamePattern pattern;
    private final NamePattern from;
    private final NamePattern to;
    private final Runnable more;
    private final AtomicLong matched = new AtomicLong();
    private final AtomicBoolean logged = new AtomicBoolean();
    /** Whether the watcher failed when it was told last. */
    private volatile boolean untold;

    // Guarded by this.
    private final Deque<Sighting> waiting = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    Watch(Traffic traffic, WatchOptions options, Runnable more) {
        this.traffic = traffic;
        this.options = options;
        this.pattern = new NamePattern(options.pattern());
        this.from = new NamePattern(options.from());
        this.to = new NamePattern(options.to());
        this.more = more;
    }

    boolean wantsBody() {
        return options.body();
    }

    /** On the thread of who sends or receives. */
    void see(Sighting sighting) {
        if (matches(sighting) && matched.getAndIncrement() % options.oneOf() == 0) {
            boolean first = add(options.body() ? sighting : sighting.withoutBody());
            if (first || untold) {
                tell();
            }
        }
    }

    /** What the watcher throws is no matter of who sends or receives; it is told again of the next that it could see. */
    private void tell() {
        try {
            untold = false;
            more.run();
        } catch (RuntimeException | Error e) {
            untold = true;
            if (logged.compareAndSet(false, true)) {
                LOG.error(
                        "Who watches the messages of this node, {}, could not be told that there are some", options, e);
            }
        }
    }

    private boolean matches(Sighting sighting) {
        return (options.kinds().isEmpty() || options.kinds().contains(sighting.kind()))
                && (!options.failuresOnly() || sighting.outcome().isFailure())
                && pattern.matches(sighting.to())
                && from.matches(sighting.from())
                && (sighting.receiver().isEmpty() ? to.matches(sighting.to()) : to.matches(sighting.receiver()));
    }

    private synchronized boolean add(Sighting sighting) {
        long size = sighting.body().isPresent() ? sighting.size() : 0;
        if (waiting.size() == MOST || (bytes > 0 && bytes + size > MOST_BYTES)) {
            dropped++;
            return false;
        }
        waiting.add(sighting);
        bytes += size;
        return waiting.size() == 1;
    }

    /** Up to {@code most} of what waits, in order; they wait no more. */
    public synchronized List<Sighting> take(int most) {
        List<Sighting> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            Sighting next = waiting.remove();
            bytes -= next.body().isPresent() ? next.size() : 0;
            taken.add(next);
        }
        return taken;
    }

    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many found no room since the last time that this was asked. */
    public synchronized long takeDropped() {
        long count = dropped;
        dropped = 0;
        return count;
    }

    /** See nothing more. A second time changes nothing. */
    @Override
    public void close() {
        traffic.forget(this);
    }
}
