package io.dataprism.kernel.vertx;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Lets go on, on a thread of its own, what was held back for a time. Safe to use from any thread. */
final class Holds implements AutoCloseable {
    private static final long LONGEST = 1_000_000_000;

    private final ScheduledThreadPoolExecutor clock;

    Holds() {
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "dataprism-holds");
            thread.setDaemon(true);
            thread.setContextClassLoader(Holds.class.getClassLoader());
            return thread;
        });
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        // Here and now: one that was started from a plugin's slice would keep that plugin's loader, up to Java 23.
        clock.prestartCoreThread();
    }

    /**
     * Do {@code go} after {@code nanos}, or earlier, never for {@link SliceHook#FOR_GOOD}; nothing after the end. Nobody's plugin is to be kept in memory by
     * what it would have had to wait.
     */
    void after(long nanos, Runnable go) {
        if (nanos != SliceHook.FOR_GOOD) {
            clock.schedule(go, Math.min(nanos, LONGEST), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
