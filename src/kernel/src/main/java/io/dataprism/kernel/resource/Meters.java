package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The meters of all plugins that were started and not unloaded since. A plugin keeps its own from one start to the next, so that starting anew wins nothing.
 * Safe to use from any thread.
 */
public final class Meters {
    private final long window;
    private final Map<PluginId, Meter> meters = new ConcurrentHashMap<>();
    private final Queue<Meter> busy = new ConcurrentLinkedQueue<>();

    /**
     * @param window over which a plugin is held to its limit
     */
    public Meters(Duration window) {
        this.window = window.toNanos();
    }

    /** The meter of {@code id}, which may use {@code percent} of one core from now on; the same one each time until {@link #close}. */
    public Meter open(PluginId id, int percent) {
        long now = System.nanoTime();
        Meter meter =
                meters.computeIfAbsent(id, first -> new Meter(new CpuBudget(first, window, percent, now), busy::add));
        if (meter.cpu().percent() != percent) {
            meter.cpu().limit(percent, now);
        }
        return meter;
    }

    /** Forget the meter of {@code id}. */
    public void close(PluginId id) {
        meters.remove(id);
    }

    public Optional<Meter> find(PluginId id) {
        return Optional.ofNullable(meters.get(id));
    }

    /** Those that used something since this was asked last. By one thread at a time. */
    Set<Meter> busy() {
        Set<Meter> taken = new LinkedHashSet<>();
        for (Meter meter = busy.poll(); meter != null; meter = busy.poll()) {
            // Before it is looked at: what it uses after that marks it again.
            meter.taken();
            if (meters.containsKey(meter.id())) {
                taken.add(meter);
            }
        }
        return taken;
    }

    /** In no order. */
    public List<Meter> all() {
        return List.copyOf(meters.values());
    }
}
