package io.dataprism.kernel.vertx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final SliceHook hook;
    private final Holds holds;
    /** The threads that do its work. */
    private final Map<Thread, Work> busy = new HashMap<>();

    private int running;
    private boolean closed;
    private boolean cutOff;

    /**
     * @param kept told how many more, or fewer, threads are with work of a lane that was cut off: others are not to lack them
     * @param width tasks at most at once
     * @param hook is told what the work uses, and may hold it back
     */
    BlockingLane(Executor pool, IntConsumer kept, int width, SliceHook hook, Holds holds) {
        this.pool = pool;
        this.kept = kept;
        this.width = width;
        this.hook = hook;
        this.holds = holds;
    }

    /** What one thread does for this lane. */
    private static final class Work {
        /** The last one. */
        private @Nullable Interruption interruption;
        /** How much processor time the thread had used when that was told last. */
        private long told;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("The plugin was stopped.");
            }
            if (running == width || !waiting.isEmpty() || isHeld()) {
                waiting.add(task);
                return;
            }
            running++;
        }
        pool.execute(() -> work(task));
    }

    /** Whether nothing may begin now; then it is tried again when it may. Under the lock. */
    private boolean isHeld() {
        long nanos = hook.hold();
        if (nanos > 0) {
            holds.after(nanos, this::release);
        }
        return nanos > 0;
    }

    /** Begin what waits, as far as it may. */
    void release() {
        List<Runnable> beginning = new ArrayList<>();
        synchronized (this) {
            while (!closed && running < width && !waiting.isEmpty() && !isHeld()) {
                running++;
                beginning.add(waiting.remove());
            }
        }
        beginning.forEach(task -> pool.execute(() -> work(task)));
    }

    private void work(Runnable first) {
        @Nullable Runnable task = first;
        while (task != null) {
            if (begin()) {
                long allocated = hook.isMetered() ? ThreadClocks.bytes() : 0;
                try {
                    task.run();
                } finally {
                    if (hook.isMetered()) {
                        hook.used(0, Math.max(0, ThreadClocks.bytes() - allocated));
                    }
                    end();
                }
            }
            task = next();
        }
    }

    private synchronized boolean begin() {
        Work work = new Work();
        work.told = hook.isMetered() ? ThreadClocks.cpu() : 0;
        return !closed && busy.put(Thread.currentThread(), work) == null;
    }

    /** Tell what work that is under way has used so far. */
    synchronized void meter() {
        if (hook.isMetered()) {
            busy.forEach((thread, work) -> tell(work, ThreadClocks.cpu(thread)));
        }
    }

    /** Under the lock. */
    private void tell(Work work, long used) {
        if (used > work.told) {
            hook.used(used - work.told, 0);
            work.told = used;
        }
    }

    private void end() {
        Thread here = Thread.currentThread();
        Interruption.end(this, () -> interruptionOf(here), this::ended);
    }

    private @Nullable Interruption interruptionOf(Thread thread) {
        Work work = busy.get(thread);
        return work == null ? null : work.interruption;
    }

    private void ended() {
        Work done = busy.remove(Thread.currentThread());
        if (done != null && hook.isMetered()) {
            tell(done, ThreadClocks.cpu());
        }
        Thread.interrupted();
        if (cutOff) {
            kept.accept(-1);
        }
        notifyAll();
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = closed || waiting.isEmpty() || isHeld() ? null : waiting.poll();
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
        busy.forEach((thread, work) -> work.interruption = Interruption.of(thread, work.interruption));
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
