package io.dataprism.kernel.vertx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's blocking work: at most so many tasks at once, the rest waits in order. Closing it interrupts what runs. Vert.x takes it
 * for the context's worker pool, so that {@code executeBlocking} of both kinds runs here.
 */
final class BlockingLane extends AbstractExecutorService {
    private final Executor pool;
    private final IntConsumer kept;
    private final int width;
    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
    /** The threads that do its work, and the last interruption of each. */
    private final Map<Thread, Optional<Interruption>> busy = new HashMap<>();

    private int running;
    private boolean closed;
    private boolean cutOff;

    /**
     * @param kept told how many more, or fewer, threads are with work of a lane that was cut off: others are not to lack them
     * @param width tasks at most at once
     */
    BlockingLane(Executor pool, IntConsumer kept, int width) {
        this.pool = pool;
        this.kept = kept;
        this.width = width;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("The plugin was stopped.");
            }
            if (running == width) {
                waiting.add(task);
                return;
            }
            running++;
        }
        pool.execute(() -> work(task));
    }

    private void work(Runnable first) {
        @Nullable Runnable task = first;
        while (task != null) {
            if (begin()) {
                try {
                    task.run();
                } finally {
                    end();
                }
            }
            task = next();
        }
    }

    private synchronized boolean begin() {
        return !closed && busy.put(Thread.currentThread(), Optional.empty()) == null;
    }

    private void end() {
        Thread here = Thread.currentThread();
        Interruption.end(this, () -> busy.getOrDefault(here, Optional.empty()).orElse(null), this::ended);
    }

    private void ended() {
        busy.remove(Thread.currentThread());
        Thread.interrupted();
        if (cutOff) {
            kept.accept(-1);
        }
        notifyAll();
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = closed ? null : waiting.poll();
        if (task == null) {
            running--;
        }
        return task;
    }

    /** The threads that do its work now. */
    synchronized Set<Thread> threads() {
        return Set.copyOf(busy.keySet());
    }

    /** Whether the calling thread does this lane's work. */
    synchronized boolean isHere() {
        return busy.containsKey(Thread.currentThread());
    }

    @Override
    public synchronized void shutdown() {
        closed = true;
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        closed = true;
        if (!cutOff) {
            cutOff = true;
            kept.accept(busy.size());
        }
        busy.replaceAll((thread, before) -> Optional.of(Interruption.of(thread, before.orElse(null))));
        List<Runnable> dropped = new ArrayList<>(waiting);
        waiting.clear();
        return dropped;
    }

    @Override
    public synchronized boolean isShutdown() {
        return closed;
    }

    @Override
    public synchronized boolean isTerminated() {
        return closed && busy.isEmpty();
    }

    @Override
    public synchronized boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        while (!isTerminated()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
