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

    private final ThreadPoolExecutor threads;

    KernelThreads(String node) {
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "dataprism-files-" + node + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(KernelThreads.class.getClassLoader());
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
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
