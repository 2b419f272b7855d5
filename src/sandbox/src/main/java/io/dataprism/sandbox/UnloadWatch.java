package io.dataprism.sandbox;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches closed loaders until the garbage collector has taken them: only then is really nothing of a plugin left. Holds no loader
 * itself. Safe to use from any thread; nothing happens between two calls of {@link #collected}.
 */
public final class UnloadWatch {
    private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    private final Map<Reference<?>, Waiting> waiting = new ConcurrentHashMap<>();

    /** Watch {@code loader}, which was closed, under {@code name}. */
    public void watch(String name, ClassLoader loader) {
        Waiting entry = new Waiting(name, System.nanoTime(), new WeakReference<>(loader));
        waiting.put(new PhantomReference<>(loader, queue), entry);
    }

    /** The names of those that were collected since this was last called. */
    public List<String> collected() {
        List<String> names = new ArrayList<>();
        for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
            Waiting entry = waiting.remove(gone);
            if (entry != null) {
                names.add(entry.name);
            }
        }
        return names;
    }

    /** Those that were closed and are still held by something. */
    public List<Waiting> waiting() {
        return List.copyOf(waiting.values());
    }

    /** A loader that was closed and has not been seen to be collected. */
    public static final class Waiting {
        private final String name;
        private final long closedAt;
        private final WeakReference<ClassLoader> loader;

        private Waiting(String name, long closedAt, WeakReference<ClassLoader> loader) {
            this.name = name;
            this.closedAt = closedAt;
            this.loader = loader;
        }

        public String name() {
            return name;
        }

        /** How long since it was closed. */
        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - closedAt);
        }

        /** Have whatever still runs of its classes end, see {@link PluginClassLoader#condemn}. */
        public void condemn() {
            if (loader.get() instanceof PluginClassLoader left) {
                left.condemn();
            }
        }

        /** What is known to hold it; empty when nothing is found, or when it is being collected just now. */
        public List<String> holders() {
            return Optional.ofNullable(loader.get()).map(LoaderHolders::of).orElse(List.of());
        }
    }
}
