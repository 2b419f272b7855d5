package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.HeapUse;
import io.dataprism.kernel.resource.Measured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node does when its heap is short: all plugins are asked to give something back, it is counted who holds it, and whoever holds most is suspended;
 * where the heap fills further all the same, whoever holds most then; where there is next to nothing left, one that is suspended already is taken down, since
 * only that gives its memory back. Owned by the lifecycle thread.
 */
final class HeapShortage {
    private static final Logger LOG = LoggerFactory.getLogger(HeapShortage.class);
    /** Of the heap, after a collection. */
    private static final double SHORT = 0.75;

    private static final double EASY = 0.70;
    private static final double URGENT = 0.85;
    private static final double DIRE = 0.90;
    /** By which the heap is fuller than when somebody was suspended. */
    private static final double WORSE = 0.03;
    /** Of the heap: who holds less than that is not to blame. */
    private static final int LEAST = 20;

    private static final int MOST_NAMED = 5;
    private static final double PERCENT = 100;
    /** Looks from one collection that is asked for to the next. */
    private static final int REST = 10;
    /** Looks for which it is remembered that asking was enough. */
    private static final int RECENT = 60;
    /** Of the heap: what is kept for the node's own steps, and let go when somebody is suspended. */
    private static final int RESERVE_PART = 64;

    private static final int MOST_RESERVED = 8 << 20;

    private final LifecycleThread thread;
    private final Slots slots;
    private final Engine engine;
    private final Hosting hosting;
    private final Journal journal;
    private final HeapUse heap = new HeapUse();
    private Phase phase = Phase.CALM;
    /** How full it was when somebody was suspended last. */
    private double full;

    private int rest;
    private int patience;
    private int sinceEased = RECENT;

    @SuppressWarnings("UnusedVariable") // it is there to be let go
    private byte @Nullable [] reserve;

    private enum Phase {
        CALM,
        /** It is to be counted who holds it. */
        ASKING,
        /** It was counted; a collection is under way that tells whether asking was enough. */
        COLLECTING,
        /** Somebody is suspended, or nobody is to blame. */
        HELD
    }

    HeapShortage(LifecycleThread thread, Slots slots, Engine engine, Hosting hosting, Journal journal) {
        this.thread = thread;
        this.slots = slots;
        this.engine = engine;
        this.hosting = hosting;
        this.journal = journal;
        this.reserve = reserved();
    }

    private byte[] reserved() {
        return new byte[(int) Math.min(MOST_RESERVED, heap.limit() / RESERVE_PART)];
    }

    /** The periodic look. */
    void look() {
        double now = heap.afterCollection();
        rest = Math.max(0, rest - 1);
        sinceEased = Math.min(RECENT, sinceEased + 1);
        if (phase == Phase.COLLECTING && --patience <= 0) {
            // Whoever was to tell of the collection could not: memory ran out there.
            phase = Phase.ASKING;
        }
        if (phase == Phase.HELD && now < EASY) {
            phase = Phase.CALM;
            reserve = reserved();
            tell("kernel.memory.eased", now, "The node has heap again.", Map.of());
        } else if ((phase == Phase.CALM && now >= SHORT)
                || (phase == Phase.HELD && (now >= full + WORSE || (now >= DIRE && rest == 0)))) {
            begin(now);
        } else if (phase == Phase.CALM && heap.now() >= DIRE && rest == 0) {
            // Of that much may be garbage, of which no collection has told yet.
            rest = REST;
            collect(() -> {});
        }
    }

    private void begin(double now) {
        phase = Phase.ASKING;
        rest = REST;
        LOG.warn("DP-0681 The node is short of heap: {} are in use after a collection.", percent(now));
        hosting.resources().accounts().askAll();
    }

    /** Whether it is waited for that plugins are counted. */
    boolean wantsCount() {
        return phase == Phase.ASKING;
    }

    /** So much has each. */
    void counted(Map<PluginId, Measured> found) {
        if (phase == Phase.ASKING) {
            phase = Phase.COLLECTING;
            patience = 2 * REST;
            // Where asking was not enough a moment ago, or there is little left, there is no time to see whether it is
            // now.
            boolean urgent = sinceEased < RECENT || heap.afterCollection() >= URGENT;
            if (urgent || !collect(() -> decide(found))) {
                decide(found);
            }
        }
    }

    /** Whether a collection was begun, after which {@code then} is done. */
    private boolean collect(Runnable then) {
        try {
            hosting.blocking().execute(() -> {
                System.gc();
                thread.execute(then);
            });
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            LOG.debug("No thread is to be had for a collection: {}", noThread.toString());
            return false;
        }
    }

    private void decide(Map<PluginId, Measured> found) {
        if (phase != Phase.COLLECTING) {
            return;
        }
        double now = heap.afterCollection();
        if (now < SHORT) {
            phase = Phase.CALM;
            sinceEased = 0;
            tell("kernel.memory.eased", now, "What plugins gave back was enough.", found);
            return;
        }
        phase = Phase.HELD;
        full = now;
        PluginSlot biggest = biggest(found, now >= DIRE);
        if (biggest == null) {
            tell(
                    "kernel.memory.short",
                    now,
                    "No plugin retains a twentieth of it: the node or the program around it does. Give it more heap (-Xmx).",
                    found);
            return;
        }
        reserve = null;
        String why = "The node was short of heap, " + percent(now) + " after a collection, and it retained "
                + Quantity.about(retained(found, biggest)) + ", more than any other plugin that ran.";
        tell("kernel.memory.short", now, "Plugin '" + biggest.id + "' is the biggest: " + why, found);
        HostedPlugin hosted = biggest.hosted;
        if (biggest.state == PluginState.SUSPENDED && hosted != null) {
            engine.evict(
                    biggest,
                    hosted,
                    hosted.evicted("was taken down, since the node has next to no heap left (" + percent(now)
                            + " after a collection) and it retained " + Quantity.about(retained(found, biggest))
                            + " while it was suspended. Give the node more heap (-Xmx), or mend it and release it:"
                            + " dataprism plugins release " + biggest.id + "."));
        } else {
            engine.suspendForMemory(biggest, why);
        }
    }

    /** Who holds most of those that can be held; of those that are held already only where {@code dire}. */
    private @Nullable PluginSlot biggest(Map<PluginId, Measured> found, boolean dire) {
        return found.keySet().stream()
                .map(slots::find)
                .flatMap(Optional::stream)
                .filter(PluginSlot::isUp)
                .filter(slot -> dire || slot.state != PluginState.SUSPENDED)
                .filter(slot -> !engine.isLeaving(slot))
                .filter(slot -> retained(found, slot) >= heap.limit() / LEAST)
                .max(Comparator.comparingLong(slot -> retained(found, slot)))
                .orElse(null);
    }

    private static long retained(Map<PluginId, Measured> found, PluginSlot slot) {
        Measured measured = found.get(slot.id);
        return measured == null ? 0 : measured.retained().orElse(0);
    }

    private void tell(String topic, double now, String message, Map<PluginId, Measured> found) {
        LOG.warn("DP-0681 {} of the heap after a collection: {}", percent(now), message);
        List<Map.Entry<PluginId, Measured>> most = found.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        entry -> -entry.getValue().retained().orElse(0)))
                .limit(MOST_NAMED)
                .toList();
        JsonArray named = new JsonArray();
        most.forEach(entry -> named.add(new JsonObject()
                .put("id", entry.getKey().value())
                .put("retained", entry.getValue().retained().orElse(0))));
        journal.publish(
                topic,
                new JsonObject()
                        .put("code", "DP-0681")
                        .put("percent", Math.round(now * PERCENT))
                        .put("heapLimit", heap.limit())
                        .put("message", message)
                        .put("plugins", named));
    }

    private static String percent(double part) {
        return Math.round(part * PERCENT) + " %";
    }
}
