package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Measured;
import io.dataprism.sandbox.census.Census;
import io.dataprism.sandbox.census.Retained;
import io.dataprism.sandbox.census.Subject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the census of all plugins on a thread of its own, of low priority, that there is only while it counts. Owned by the lifecycle thread, which is told
 * of what was found.
 */
final class Counting {
    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);
    private static final String FAILED = "DP-0683";

    private final LifecycleThread thread;
    private final String name;
    private final Census census;
    private volatile boolean closed;
    private boolean underWay;

    /**
     * What was found.
     *
     * @param plugins what each has
     * @param took how long it took
     */
    record Found(Map<PluginId, Measured> plugins, Duration took) {}

    Counting(LifecycleThread thread, String node) {
        this.thread = thread;
        this.name = "dataprism-census-" + node;
        this.census = new Census(new HeldForPlugins(), () -> !closed);
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Count no more, and end what is under way. */
    void close() {
        closed = true;
    }

    /**
     * Begin, unless that is under way.
     *
     * @param then is told on the lifecycle thread; of nobody where counting failed
     * @return whether it began
     */
    @SuppressWarnings("ThreadPriorityCheck") // where the machine is busy, this is what can wait
    boolean begin(List<Subject> subjects, Consumer<Found> then) {
        if (underWay || closed) {
            return false;
        }
        Thread counter = new Thread(() -> count(subjects, then), name);
        counter.setDaemon(true);
        counter.setPriority(Thread.MIN_PRIORITY);
        counter.setContextClassLoader(Counting.class.getClassLoader());
        underWay = true;
        try {
            counter.start();
        } catch (OutOfMemoryError noThread) {
            underWay = false;
            return false;
        }
        return true;
    }

    private void count(List<Subject> subjects, Consumer<Found> then) {
        Found found = new Found(Map.of(), Duration.ZERO);
        try {
            long began = System.nanoTime();
            Map<PluginId, Measured> plugins = counted(subjects);
            found = new Found(plugins, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException | Error e) {
            LOG.error("{} What plugins retain could not be counted; this is an error of the kernel", FAILED, e);
        } finally {
            Found known = found;
            thread.execute(() -> {
                underWay = false;
                then.accept(known);
            });
        }
    }

    private Map<PluginId, Measured> counted(List<Subject> subjects) {
        Map<String, Retained> retained = Census.isPossible() ? census.take(subjects) : Map.of();
        Map<String, Integer> threads = Census.threads(subjects);
        double ofOneClass = bytesOfOneClass();
        Map<PluginId, Measured> plugins = new HashMap<>();
        for (Subject subject : subjects) {
            Retained found = retained.get(subject.name());
            int classes = subject.loader().classesLoaded();
            plugins.put(
                    new PluginId(subject.name()),
                    new Measured(
                            Instant.now(),
                            found == null ? OptionalLong.empty() : OptionalLong.of(found.bytes()),
                            found != null && found.isWhole(),
                            classes,
                            Math.round(ofOneClass * classes),
                            threads.getOrDefault(subject.name(), 0)));
        }
        return plugins;
    }

    /** On the average of all that are loaded: more is told by no bean that a node keeps. */
    private static double bytesOfOneClass() {
        int loaded = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        long bytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(Counting::used)
                .sum();
        return loaded == 0 ? 0 : (double) bytes / loaded;
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage() == null ? 0 : pool.getUsage().getUsed();
    }
}
