package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at what the threads do that run one plugin's slices and blocking work. On a thread of its own for as long as that takes; it runs nothing of
 * the plugin's. Safe to use from any thread.
 */
final class Profiler implements AutoCloseable {
    /** Not a round number, or it would always meet the same moment of what happens each ten milliseconds. */
    static final Duration EVERY = Duration.ofNanos(9_700_000);

    static final Duration MOST = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Profiler.class);
    private static final int SHOWN = 100;
    private static final int AT_ONCE = 2;
    private static final int DEEPEST = 128;
    /** Beyond so many different ones each further one counts as another. */
    private static final int MOST_STACKS = 5_000;

    private static final List<String> OTHERS = List.of("(other stacks)");
    private static final String WAITING = "(waiting)";

    private final String node;
    private final Supplier<Map<Thread, PluginId>> running;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<Sampling> samplings = ConcurrentHashMap.newKeySet();

    /**
     * @param running the threads that run plugins' code now, and whose
     */
    Profiler(String node, Supplier<Map<Thread, PluginId>> running) {
        this.node = node;
        this.running = running;
    }

    /**
     * What {@code id} does from now on for so long.
     *
     * @return fails with {@code DP-1032} where two are under way
     */
    Future<Profile> profile(PluginId id, Duration lasting) {
        if (underWay.incrementAndGet() > AT_ONCE) {
            underWay.decrementAndGet();
            return Future.failedFuture(
                    new PluginException(
                            "DP-1032",
                            "Plugin '" + id + "' is not profiled: " + AT_ONCE
                                    + " profiles are being taken on this node, which is the most at once. Wait until one has ended."));
        }
        Sampling sampling = new Sampling(id, lasting);
        samplings.add(sampling);
        sampling.begin();
        return sampling.done.future();
    }

    /** Those that are under way end with what they have. */
    @Override
    public void close() {
        samplings.forEach(Sampling::end);
    }

    /** One profile while it is taken. Owned by its thread. */
    private final class Sampling {
        private final PluginId id;
        private final long until;
        private final long began = System.nanoTime();
        private final ScheduledThreadPoolExecutor thread;
        private final Map<List<String>, Integer> stacks = new HashMap<>();
        private final Promise<Profile> done = Promise.promise();
        private int looks;
        private int samples;

        Sampling(PluginId id, Duration lasting) {
            this.id = id;
            this.until = began + lasting.toNanos();
            this.thread = new ScheduledThreadPoolExecutor(1, work -> {
                Thread made = new Thread(work, "dataprism-profile-" + node);
                made.setDaemon(true);
                made.setContextClassLoader(Profiler.class.getClassLoader());
                return made;
            });
        }

        void begin() {
            thread.scheduleAtFixedRate(this::lookOrFail, 0, EVERY.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void lookOrFail() {
            try {
                look();
                if (System.nanoTime() - until >= 0) {
                    finish();
                }
            } catch (RuntimeException | Error e) {
                over();
                done.tryFail(e);
            }
        }

        private void look() {
            looks++;
            Map<Thread, PluginId> before = running.get();
            before.forEach((one, whose) -> {
                if (whose.equals(id)) {
                    StackTraceElement[] frames = one.getStackTrace();
                    boolean waits = one.getState() != Thread.State.RUNNABLE;
                    // It may be with another plugin by now, or have ended.
                    if (frames.length > 0
                            && (isOwn(frames) || id.equals(running.get().get(one)))) {
                        count(stack(frames, waits));
                    }
                }
            });
        }

        private boolean isOwn(StackTraceElement[] frames) {
            return Arrays.stream(frames).anyMatch(this::isOwn);
        }

        private boolean isOwn(StackTraceElement frame) {
            return frame.getClassLoaderName() != null
                    && frame.getClassLoaderName().startsWith(id + "@");
        }

        /** From the plugin's outermost frame inwards: what called it is the kernel. */
        private List<String> stack(StackTraceElement[] frames, boolean waits) {
            int outermost = frames.length - 1;
            while (outermost > 0 && !isOwn(frames[outermost])) {
                outermost--;
            }
            int last = outermost == 0 && (frames.length == 0 || !isOwn(frames[0])) ? frames.length - 1 : outermost;
            Deque<String> lines = new ArrayDeque<>();
            for (int i = 0; i <= last && lines.size() < DEEPEST; i++) {
                lines.addFirst(line(frames[i]));
            }
            if (waits) {
                lines.addLast(WAITING);
            }
            return List.copyOf(lines);
        }

        private void count(List<String> stack) {
            samples++;
            boolean fits = stacks.size() < MOST_STACKS || stacks.containsKey(stack);
            stacks.merge(fits ? stack : OTHERS, 1, Integer::sum);
        }

        private void finish() {
            over();
            done.tryComplete(
                    new Profile(id, Duration.ofNanos(System.nanoTime() - began), looks, samples, Map.copyOf(stacks)));
        }

        private void over() {
            if (samplings.remove(this)) {
                underWay.decrementAndGet();
            }
            thread.shutdown();
        }

        /** On its thread, as all else. */
        void end() {
            try {
                thread.execute(this::finish);
            } catch (RejectedExecutionException e) {
                LOG.debug("The profile of {} has just ended by itself", id, e);
            }
        }
    }

    /** Without the number of the line, so that what is one method counts as one. Names are a plugin's to choose. */
    private static String line(StackTraceElement frame) {
        return Frames.line(frame.getClassName() + "." + frame.getMethodName())
                .replace(';', '_')
                .replace(' ', '_');
    }

    /**
     * What was seen.
     *
     * @param took from the first to the last look
     * @param looks how often it was looked
     * @param samples how often a thread was seen that ran its code; more than one may be at each look
     * @param stacks how often each was seen, the outermost frame first
     */
    record Profile(PluginId id, Duration took, int looks, int samples, Map<List<String>, Integer> stacks) {

        /** How often a method was seen, as the innermost one and anywhere. */
        record Line(String frame, int self, int total) {}

        /** The methods, those in which it was most often first. */
        List<Line> flat() {
            Map<String, Integer> self = new HashMap<>();
            Map<String, Integer> total = new HashMap<>();
            stacks.forEach((stack, count) -> {
                self.merge(stack.get(stack.size() - 1), count, Integer::sum);
                new LinkedHashSet<>(stack).forEach(frame -> total.merge(frame, count, Integer::sum));
            });
            return total.entrySet().stream()
                    .map(entry -> new Line(entry.getKey(), self.getOrDefault(entry.getKey(), 0), entry.getValue()))
                    .sorted((one, other) -> other.self() != one.self()
                            ? Integer.compare(other.self(), one.self())
                            : other.total() != one.total()
                                    ? Integer.compare(other.total(), one.total())
                                    : one.frame().compareTo(other.frame()))
                    .toList();
        }

        /** For whoever looks at it; the methods that were seen seldom are left out. */
        JsonObject toJson() {
            JsonArray lines = new JsonArray();
            flat().stream()
                    .limit(SHOWN)
                    .forEach(line -> lines.add(new JsonObject()
                            .put("frame", line.frame())
                            .put("self", line.self())
                            .put("total", line.total())));
            return new JsonObject()
                    .put("id", id.value())
                    .put("tookMillis", took.toMillis())
                    .put("looks", looks)
                    .put("samples", samples)
                    .put("flat", lines)
                    .put("collapsed", new JsonArray(collapsed().toList()));
        }

        /** A line for each stack, as flame graphs are drawn from: frames with semicolons between, and how often. */
        Stream<String> collapsed() {
            return stacks.entrySet().stream()
                    .map(entry -> entry.getKey().stream().collect(Collectors.joining(";")) + " " + entry.getValue())
                    .sorted();
        }
    }
}
