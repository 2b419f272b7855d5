package io.dataprism.kernel.context;

import io.dataprism.api.Cache;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** One plugin's cache: the least recently used goes first. Safe to use from any thread; no object of the plugin is called under its lock. */
final class PluginCache implements Cache {
    private static final int LONGEST_KEY = 512;
    private static final int ENTRY_BYTES = 128;
    private static final int SHARE = 4;
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private final PluginRuntime runtime;
    private final LongSupplier nanos;
    private final Map<String, Entry> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private final TreeSet<Entry> byEnd = new TreeSet<>((one, other) -> one.end() != other.end()
            ? Long.compare(one.end(), other.end())
            : one.key().compareTo(other.key()));
    private final long begin;
    private long held;
    private boolean closed;

    /** @param end nanoseconds since the cache was made */
    private record Entry(String key, Buffer value, long end) {
        long size() {
            return value.length() + 2L * key.length() + ENTRY_BYTES;
        }
    }

    PluginCache(PluginRuntime runtime) {
        this(runtime, System::nanoTime);
    }

    PluginCache(PluginRuntime runtime, LongSupplier nanos) {
        this.runtime = runtime;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    @Override
    public Future<Optional<Buffer>> get(String key) {
        return runtime.deployment().succeeded(find(key));
    }

    private Optional<Buffer> find(String key) {
        synchronized (byUse) {
            dropEnded();
            return Optional.ofNullable(byUse.get(key))
                    .map(entry -> entry.value().copy());
        }
    }

    @Override
    public Future<Void> put(String key, Buffer value, Duration life) {
        Buffer bytes = Buffer.buffer(value.getBytes());
        try {
            check(key, life);
            keep(key, bytes, life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life);
            return runtime.deployment().succeeded(null);
        } catch (PluginException refused) {
            return runtime.deployment().failed(refused);
        }
    }

    private void check(String key, Duration life) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw refused("a key of " + key.length() + " characters; 1 to " + LONGEST_KEY + " are allowed");
        }
        if (life.isNegative() || life.isZero()) {
            throw refused("a life of " + life + "; it must be above zero");
        }
    }

    private void keep(String key, Buffer value, Duration life) {
        synchronized (byUse) {
            if (closed) {
                throw new PluginException(
                        "DP-0191", "Plugin '" + runtime.id() + "' ended; its cache takes nothing more.");
            }
            forget(key);
            dropEnded();
            Entry entry = new Entry(key, value, now() + life.toNanos());
            long most = runtime.memory().limit() / SHARE;
            if (entry.size() > most) {
                throw refused(entry.size() + " bytes under one key; the whole cache holds " + most + " at most");
            }
            makeRoom(held + entry.size() - most);
            charge(entry.size());
            byUse.put(key, entry);
            byEnd.add(entry);
            held += entry.size();
        }
    }

    /** Charge {@code bytes}, at the cost of what is in the cache where the account is full. */
    private void charge(long bytes) {
        while (true) {
            try {
                runtime.memory().allocate(bytes);
                return;
            } catch (PluginException full) {
                if (byUse.isEmpty()) {
                    throw full;
                }
                makeRoom(bytes);
            }
        }
    }

    private void makeRoom(long bytes) {
        long goal = held - bytes;
        while (held > goal && !byUse.isEmpty()) {
            forget(byUse.keySet().iterator().next());
        }
    }

    private void dropEnded() {
        long now = now();
        while (!byEnd.isEmpty() && byEnd.first().end() <= now) {
            forget(byEnd.first().key());
        }
    }

    private long now() {
        return nanos.getAsLong() - begin;
    }

    private boolean forget(String key) {
        Entry entry = byUse.remove(key);
        if (entry == null) {
            return false;
        }
        byEnd.remove(entry);
        held -= entry.size();
        runtime.memory().deallocate(entry.size());
        return true;
    }

    private PluginException refused(String found) {
        return new PluginException("DP-0605", "Plugin '" + runtime.id() + "' can't cache " + found + ".");
    }

    @Override
    public Future<Boolean> remove(String key) {
        return runtime.deployment().succeeded(removed(key));
    }

    private boolean removed(String key) {
        synchronized (byUse) {
            dropEnded();
            return forget(key);
        }
    }

    @Override
    public Future<Void> clear() {
        empty();
        return runtime.deployment().succeeded(null);
    }

    private void empty() {
        synchronized (byUse) {
            byUse.clear();
            byEnd.clear();
            runtime.memory().deallocate(held);
            held = 0;
        }
    }

    /** The plugin ends: the account gets everything back, and nothing more is taken. */
    void close() {
        synchronized (byUse) {
            closed = true;
            empty();
        }
    }
}
