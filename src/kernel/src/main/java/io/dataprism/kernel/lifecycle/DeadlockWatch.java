package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether threads that run plugins' code are in a deadlock. On a thread of its own, which takes no lock that a plugin, or the
 * kernel while it calls one, could hold.
 */
final class DeadlockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlockWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Supplier<Map<Thread, PluginId>> running;
    private final Consumer<Deadlock> found;
    private final Consumer<Deadlock> lasting;
    private final ScheduledThreadPoolExecutor thread;
    private Set<Set<Long>> known = new HashSet<>();

    /**
     * @param running the threads that run plugins' code now, and whose
     * @param found told of each deadlock once
     * @param lasting told of it at each look, from the first on
     */
    DeadlockWatch(
            String node,
            Supplier<Map<Thread, PluginId>> running,
            Consumer<Deadlock> found,
            Consumer<Deadlock> lasting) {
        this.running = running;
        this.found = found;
        this.lasting = lasting;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "dataprism-watchdog-" + node);
            made.setDaemon(true);
            made.setContextClassLoader(DeadlockWatch.class.getClassLoader());
            return made;
        });
        thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            lookOnce();
        } catch (RuntimeException | Error e) {
            // Thrown on, it would have been the last look.
            LOG.error("Deadlocks could not be looked for; this is an error of the kernel", e);
        }
    }

    private void lookOnce() {
        long[] ids = THREADS.findDeadlockedThreads();
        if (ids == null) {
            known.clear();
            return;
        }
        Map<Long, PluginId> plugins = new HashMap<>();
        running.get().forEach((each, plugin) -> plugins.put(each.getId(), plugin));
        List<Deadlock> all = Deadlock.among(THREADS.getThreadInfo(ids, Integer.MAX_VALUE), plugins).stream()
                .filter(deadlock -> !deadlock.plugins().isEmpty() || known.contains(deadlock.threads()))
                .toList();
        Set<Set<Long>> now = new HashSet<>();
        for (Deadlock deadlock : all) {
            now.add(deadlock.threads());
            if (!known.contains(deadlock.threads())) {
                found.accept(deadlock);
            }
            lasting.accept(deadlock);
        }
        known = now;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
