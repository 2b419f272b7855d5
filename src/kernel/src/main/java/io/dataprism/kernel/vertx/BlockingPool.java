package io.dataprism.kernel.vertx;

import io.vertx.core.impl.VertxThread;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads behind every plugin's {@link BlockingLane}: started as needed up to the cap, gone after ten idle seconds. One that a plugin
 * which has ended does not give back does not count.
 */
final class BlockingPool implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private int size;
    private final AtomicInteger names = new AtomicInteger();
    private ThreadPoolExecutor threads;
    private final ClassLoader loader = BlockingPool.class.getClassLoader();

    BlockingPool(int size) {
        this.size = size;
        this.threads = start();
    }

    private ThreadPoolExecutor start() {
        ThreadPoolExecutor started = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> thread(work, names.incrementAndGet()));
        started.allowCoreThreadTimeOut(true);
        return started;
    }

    /** Have so many more threads, or fewer. */
    synchronized void grow(int by) {
        size += by;
        if (by > 0) {
            threads.setMaximumPoolSize(size);
            threads.setCorePoolSize(size);
        } else if (by < 0) {
            threads.setCorePoolSize(size);
            threads.setMaximumPoolSize(size);
        }
    }

    /** Replace every thread, each once it has nothing to do: what plugins left in thread locals goes with the old ones. */
    synchronized void renew() {
        if (!threads.isShutdown()) {
            ThreadPoolExecutor old = threads;
            threads = start();
            old.shutdown();
        }
    }

    /**
     * Made as by the kernel alone: up to Java 23 a thread keeps the protection domains of whoever made it, and with them the plugin's
     * loader, since it is a plugin's slice that needs one thread more.
     */
    @SuppressWarnings("removal") // needed as long as there is a Java that keeps them
    private Thread thread(Runnable work, int number) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> make(work, number));
    }

    private Thread make(Runnable work, int number) {
        VertxThread thread =
                new VertxThread(work, "dataprism-blocking-" + number, true, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    synchronized void execute(Runnable work) {
        threads.execute(() -> {
            Thread thread = Thread.currentThread();
            CleanThread asMade = new CleanThread(thread);
            try {
                work.run();
            } finally {
                asMade.restore(thread);
            }
        });
    }

    /** End all threads, each once it has nothing to do: closing a lane has interrupted what ran. */
    @Override
    public synchronized void close() {
        threads.shutdown();
    }
}
