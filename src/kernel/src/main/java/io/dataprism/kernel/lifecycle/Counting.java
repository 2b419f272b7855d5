package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the census of all plugins on a thread of its own, of low priority, that there is only while it counts. Owned by the lifecycle thread, which is told
 * of what was found.
 */
final class Counting {
    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);
    private static final String FAILED = "DP-0683";
    /** After that it ends early: what was counted so far is what is known. */
    private static final Duration LONG = Duration.ofMinutes(2);
    /** After that it is given up: something holds it up that is not counting. */
    private static final Duration TOO_LONG = Duration.ofMinutes(3);

    private final LifecycleThread thread;
    private final String name;
    private final Census census;
    private volatile boolean closed;
    private volatile long began;
    private boolean underWay;
    private boolean givenUp;
    private @Nullable Consumer<Found> waiting;

    /**
     * What was found.
     *
     * @param plugins what each has
     * @param took how long it took
     * @param problem why nothing was found, if so
     */
    record Found(Map<PluginId, Measured> plugins, Duration took, Optional<String> problem) {}

    Counting(LifecycleThread thread, String node) {
        this.thread = thread;
        this.name = "dataprism-census-" + node;
        this.census = new Census(new HeldForPlugins(), () -> !closed && !isLonger(LONG));
    }

    private boolean isLonger(Duration time) {
        return System.nanoTime() - began > time.toNanos();
    }

    /** Whether a count was given up and its thread is still at it: until it comes back, nothing is counted. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** The failure of who asked for what could not be counted. */
    static PluginException notCounted(String problem) {
        return new PluginException(
                FAILED, "What plugins retain was not counted: " + problem + ". The node's log says more.");
    }

    /** The periodic look: a count that takes too long is given up. */
    void look() {
        Consumer<Found> then = waiting;
        if (then != null && isLonger(TOO_LONG)) {
            givenUp = true;
            waiting = null;
            LOG.error(
                    "{} What plugins retain was not counted: thread '{}' has been at it for {} minutes. Nothing is counted until it comes back. Take a thread dump and report it.",
                    FAILED,
                    name,
                    TOO_LONG.toMinutes());
            then.accept(new Found(
                    Map.of(), TOO_LONG, Optional.of("it took more than " + TOO_LONG.toMinutes() + " minutes")));
        }
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
        Thread counter = new Thread(() -> count(subjects), name);
        counter.setDaemon(true);
        counter.setPriority(Thread.MIN_PRIORITY);
        counter.setContextClassLoader(Counting.class.getClassLoader());
        began = System.nanoTime();
        underWay = true;
        waiting = then;
        try {
            counter.start();
        } catch (OutOfMemoryError noThread) {
            underWay = false;
            waiting = null;
            return false;
        }
        return true;
    }

    private void count(List<Subject> subjects) {
        Found found = new Found(Map.of(), Duration.ZERO, Optional.of("counting failed"));
        try {
            Map<PluginId, Measured> plugins = counted(subjects);
            found = new Found(plugins, Duration.ofNanos(System.nanoTime() - began), Optional.empty());
        } catch (RuntimeException | Error e) {
            LOG.error("{} What plugins retain could not be counted; this is an error of the kernel", FAILED, e);
        } finally {
            Found known = found;
            thread.execute(() -> ended(known));
        }
    }

    /** What comes after it was given up is told to nobody: it is of a heap that was. */
    private void ended(Found found) {
        Consumer<Found> then = waiting;
        underWay = false;
        givenUp = false;
        waiting = null;
        if (then != null) {
            then.accept(found);
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
                            found != null && found.cut().isPresent(),
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
