package io.dataprism.kernel;

import io.dataprism.kernel.registry.ArtifactSource;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which the kernel touches files: few, its own, and gone after ten idle seconds. What comes over the network has others, so that a
 * slow server keeps no plugin from its files.
 */
final class KernelThreads implements Executor, AutoCloseable {
    private static final int THREADS = 8;
    private static final long IDLE_SECONDS = 10;

    private final String node;
    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads = pool();
    private final ThreadPoolExecutor fetching = pool();

    KernelThreads(String node) {
        this.node = node;
    }

    private ThreadPoolExecutor pool() {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    /** Those on which an artifact is brought from {@code source}. */
    Executor bringing(ArtifactSource source) {
        return source instanceof ArtifactSource.OnDisk ? threads : fetching;
    }

    /** What is being fetched is given up, and what waited to be fetched. */
    void stopFetching() {
        fetching.shutdownNow().forEach(waiting -> execute(() -> interrupted(waiting)));
    }

    /** It learns that it is to end as the others do that were under way. */
    private static void interrupted(Runnable work) {
        Thread.currentThread().interrupt();
        work.run();
        Thread.interrupted();
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
        stopFetching();
        threads.shutdown();
    }
}
