package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.Storage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who of one plugin is told of changed keys: in its slices, a key at a time, several changes of one that it has not heard of yet as one. Safe to use from any
 * thread; nothing of the plugin's is called under a lock.
 */
final class StorageWatches {
    private static final int MOST = 100;
    /** Keys that wait for one watch before the plugin may store nothing more: it doesn't take what it asked for. */
    private static final int MOST_WAITING = 10_000;

    private final PluginRuntime runtime;
    private final BooleanSupplier allowed;
    private final List<KeyWatch> watches = new CopyOnWriteArrayList<>();

    /** @param allowed whether it may still be told */
    StorageWatches(PluginRuntime runtime, BooleanSupplier allowed) {
        this.runtime = runtime;
        this.allowed = allowed;
    }

    Storage.Watch add(String prefix, Consumer<String> changed) {
        KeyWatch watch = new KeyWatch(prefix, changed);
        synchronized (watches) {
            if (watches.size() >= MOST) {
                throw BlockingWork.tooMuch(runtime, MOST + " watches on its storage");
            }
            watches.add(watch);
        }
        return watch;
    }

    /** @throws PluginException {@code DP-0199} where a watch is too far behind */
    void requireRoom() {
        if (watches.stream().anyMatch(KeyWatch::isFull)) {
            throw BlockingWork.tooMuch(
                    runtime, MOST_WAITING + " changed keys that a watch on its storage has not heard of");
        }
    }

    /** On the thread that changed them. */
    void changed(Set<String> keys) {
        watches.forEach(watch -> watch.changed(keys));
    }

    boolean any() {
        return !watches.isEmpty();
    }

    /** All of them, for this reason. */
    void end(PluginException why) {
        watches.forEach(watch -> {
            watches.remove(watch);
            watch.ended.tryFail(why);
        });
    }

    private final class KeyWatch implements Storage.Watch {
        private final String prefix;
        private final Consumer<String> changed;
        private final Set<String> waiting = new LinkedHashSet<>();
        private final Promise<Void> ended = runtime.deployment().promise();
        private boolean telling;

        KeyWatch(String prefix, Consumer<String> changed) {
            this.prefix = prefix;
            this.changed = changed;
        }

        private void changed(Set<String> keys) {
            boolean first;
            synchronized (waiting) {
                keys.stream().filter(key -> key.startsWith(prefix)).forEach(waiting::add);
                first = !waiting.isEmpty() && !telling;
                telling |= first;
            }
            if (first) {
                runtime.deployment().execute(this::tell);
            }
        }

        private boolean isFull() {
            synchronized (waiting) {
                return waiting.size() >= MOST_WAITING;
            }
        }

        /** One key in a slice of its own: what the plugin throws, or how long it takes, is then about this one. */
        private void tell() {
            Optional<String> key = next();
            boolean more;
            synchronized (waiting) {
                telling = !waiting.isEmpty();
                more = telling;
            }
            if (more) {
                runtime.deployment().execute(this::tell);
            }
            if (key.isPresent() && watches.contains(this) && allowed.getAsBoolean()) {
                changed.accept(key.get());
            }
        }

        private Optional<String> next() {
            synchronized (waiting) {
                Iterator<String> all = waiting.iterator();
                if (!all.hasNext()) {
                    return Optional.empty();
                }
                String key = all.next();
                all.remove();
                return Optional.of(key);
            }
        }

        @Override
        public Future<Void> cancel() {
            watches.remove(this);
            ended.tryComplete();
            return runtime.deployment().succeeded(null);
        }

        @Override
        public Future<Void> ended() {
            return ended.future();
        }
    }
}
