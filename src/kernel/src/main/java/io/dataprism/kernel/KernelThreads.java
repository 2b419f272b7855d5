package io.dataprism.kernel;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which the kernel touches files: few, its own, and gone after ten idle seconds. */
final class KernelThreads implements Executor, AutoCloseable {
    private static final int THREADS = 8;
    private static final long IDLE_SECONDS = 10;

    private final String node;
    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    KernelThreads(String node) {
        this.node = node;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dataprism-files-" + node + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(KernelThreads.class.getClassLoader());
        return thread;
    }

    /** Run {@code work} on a thread of its own, whatever holds the others up. */
    void apart(Runnable work) {
        thread(work).start();
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
