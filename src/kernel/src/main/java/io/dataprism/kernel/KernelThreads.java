package io.dataprism.kernel;

import io.dataprism.kernel.registry.ArtifactSource;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which the kernel touches files: few, its own, and gone after ten idle seconds. What comes over the network has others, so that a
 * slow server keeps no plugin from its files.
 */
final class KernelThreads implements Executor, AutoCloseable {
    private static final int THREADS = 8;
    private static final int STORING = 2;
    private static final long IDLE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(KernelThreads.class);

    private final String node;
    private final AtomicInteger count = new AtomicInteger();
    private final ForkJoinPool threads;
    private final ThreadPoolExecutor fetching;
    private final ThreadPoolExecutor storing;

    KernelThreads(String node) {
        this.node = node;
        this.threads = warm();
        this.fetching = fair(THREADS);
        this.storing = fair(STORING);
    }

    /** Work goes to the thread that was idle for the shortest time, whose processor still knows what it does. */
    private ForkJoinPool warm() {
        return new ForkJoinPool(
                THREADS, this::worker, null, true, THREADS, THREADS, 0, null, IDLE_SECONDS, TimeUnit.SECONDS);
    }

    private ForkJoinWorkerThread worker(ForkJoinPool pool) {
        ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName(name());
        worker.setContextClassLoader(KernelThreads.class.getClassLoader());
        return worker;
    }

    private ThreadPoolExecutor fair(int threads) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    /** Those on which an artifact is brought from {@code source}. */
    Executor bringing(ArtifactSource source) {
        return source instanceof ArtifactSource.OnDisk ? threads : fetching;
    }

    /** Those on which plugins' storages take turns, and nobody else waits: however much plugins store, the kernel's own files are not behind it. */
    Executor storing() {
        return storing;
    }

    /** What is being fetched is interrupted, and what waited to be fetched is refused. */
    void stopFetching() {
        for (Runnable waiting : fetching.shutdownNow()) {
            ((HostContext.Work<?>) waiting).refuse();
        }
    }

    /** Wait, for no longer than {@code most}, until what was being fetched has ended: it may still clear its files away. */
    void awaitFetched(Duration most) throws InterruptedException {
        if (!fetching.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("What was being fetched for node '{}' did not end within {} s", node, most.toSeconds());
        }
    }

    /**
     * Made as by the kernel alone: up to Java 23 a thread keeps the protection domains of whoever made it, and it may be a plugin's slice that needs one
     * thread more.
     */
    @SuppressWarnings("removal") // needed as long as there is a Java that keeps them
    private Thread thread(Runnable work) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> make(work));
    }

    private Thread make(Runnable work) {
        Thread thread = new Thread(work, name());
        thread.setDaemon(true);
        thread.setContextClassLoader(KernelThreads.class.getClassLoader());
        return thread;
    }

    private String name() {
        return "dataprism-files-" + node + "-" + count.incrementAndGet();
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
        storing.shutdown();
        threads.shutdown();
    }
}
