package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.HeapUse;
import io.dataprism.kernel.resource.Measured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Runnable count;
    private final HeapUse heap = new HeapUse();
    private Phase phase = Phase.CALM;
    /** How full it was when somebody was suspended last. */
    private double full;

    private int rest;
    private int patience;
    private int sinceEased = RECENT;

    @SuppressWarnings("UnusedVariable") // it is there to be let go
    private byte @Nullable [] reserve;

    /** Whether what is counted was collected before. */
    private boolean collected;

    /** What is done once a collection has ended that is waited for. */
    private @Nullable Runnable next;
    /** Who was taken down last. */
    private @Nullable PluginSlot goingSlot;

    private @Nullable HostedPlugin going;

    private enum Phase {
        CALM,
        /** A collection is under way that tells whether that was enough, and what there is to decide on if not. */
        COLLECTING,
        /** It is counted who holds it. */
        COUNTING,
        /** Somebody is suspended, or nobody is to blame. */
        HELD
    }

    /** @param count begins a count, unless one is under way */
    HeapShortage(LifecycleThread thread, Slots slots, Engine engine, Hosting hosting, Journal journal, Runnable count) {
        this.count = count;
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
            // No thread came to it, or memory ran out there.
            System.gc();
            collected();
        } else if (phase == Phase.HELD && now < EASY) {
            calm();
            tell("kernel.memory.eased", now, "The node has heap again.", Map.of());
        } else if ((phase == Phase.CALM && now >= SHORT) || (phase == Phase.HELD && isWorse(now) && !isAnyGoing())) {
            begin(now);
        } else if (phase == Phase.CALM && heap.now() >= DIRE && rest == 0) {
            // Of that much may be garbage, of which no collection has told yet.
            rest = REST;
            collect(() -> {});
        }
    }

    private boolean isWorse(double now) {
        return now >= full + WORSE || (now >= DIRE && rest == 0);
    }

    /** Whether one that was taken down is still on its way: what that gives back is not to be seen yet. */
    private boolean isAnyGoing() {
        if (goingSlot != null && goingSlot.hosted != going) {
            goingSlot = null;
            going = null;
        }
        return going != null;
    }

    private void calm() {
        phase = Phase.CALM;
        if (reserve == null) {
            reserve = reserved();
        }
    }

    private void begin(double now) {
        rest = REST;
        LOG.warn("DP-0681 The node is short of heap: {} are in use after a collection.", percent(now));
        hosting.resources().accounts().askAll();
        collected = phase == Phase.HELD;
        if (collected) {
            // What was done last is not in a reading that is older: nobody else is chosen on that.
            collect(this::countNow, Map.of());
        } else {
            countNow();
        }
    }

    private void countNow() {
        phase = Phase.COUNTING;
        count.run();
    }

    /** Collect, and do {@code then} where that was not enough. */
    private void collect(Runnable then, Map<PluginId, Counted> found) {
        phase = Phase.COLLECTING;
        patience = 2 * REST;
        next = () -> {
            if (!isEnough(found)) {
                then.run();
            }
        };
        if (!collect(this::collected)) {
            // Everything stands still for it on whichever thread.
            System.gc();
            collected();
        }
    }

    private void collected() {
        Runnable then = next;
        next = null;
        if (phase == Phase.COLLECTING && then != null) {
            then.run();
        }
    }

    private boolean isEnough(Map<PluginId, Counted> found) {
        double now = heap.afterCollection();
        if (now >= SHORT) {
            return false;
        }
        calm();
        sinceEased = 0;
        tell("kernel.memory.eased", now, "What plugins gave back was enough.", found);
        return true;
    }

    /** Whether it is waited for that plugins are counted. */
    boolean wantsCount() {
        return phase == Phase.COUNTING;
    }

    /** So much has each; of nobody where they could not be counted. */
    void counted(Map<PluginId, Counted> found) {
        // Where asking was not enough a moment ago, or there is little left, there is no time to see whether it is now.
        boolean urgent = collected || sinceEased < RECENT || heap.afterCollection() >= URGENT;
        if (phase == Phase.COUNTING && urgent) {
            decide(found);
        } else if (phase == Phase.COUNTING) {
            collect(() -> decide(found), found);
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

    private void decide(Map<PluginId, Counted> found) {
        double now = heap.afterCollection();
        phase = Phase.HELD;
        full = now;
        Blame blame = blame(found, now);
        PluginSlot biggest = biggest(found, blame, now >= DIRE);
        if (biggest == null) {
            tell("kernel.memory.short", now, nobody(found), found);
            return;
        }
        reserve = null;
        String retained = Quantity.about(blame.retained(biggest.id));
        String why = "The node was short of heap, " + percent(now) + " after a collection, and it retained " + retained
                + ", more than any other plugin that ran.";
        tell("kernel.memory.short", now, "Plugin '" + biggest.id + "' is the biggest: " + why, found);
        HostedPlugin hosted = biggest.hosted;
        if (biggest.state == PluginState.SUSPENDED && hosted != null) {
            goingSlot = biggest;
            going = hosted;
            engine.evict(
                    biggest,
                    hosted,
                    hosted.evicted("was taken down, since the node has next to no heap left (" + percent(now)
                            + " after a collection) and it retained " + retained
                            + " while it was suspended. Give the node more heap (-Xmx), or mend it and release it:"
                            + " dataprism plugins release " + biggest.id + "."));
        } else {
            engine.suspendForMemory(biggest, why);
        }
    }

    private static String nobody(Map<PluginId, Counted> found) {
        return found.isEmpty()
                ? "What plugins retain could not be counted, so that nobody is suspended. The log says why; give the node more heap (-Xmx)."
                : "No plugin is known to retain enough of it to be held for that: the node or the program around it does. Give it more heap (-Xmx).";
    }

    private Blame blame(Map<PluginId, Counted> found, double now) {
        Map<PluginId, Measured> each = new HashMap<>();
        found.forEach((id, counted) -> each.put(id, counted.measured()));
        return new Blame(each, Math.round(now * heap.limit()), heap.limit());
    }

    /** Who may hold most of those that can be held; of those that are held already only where {@code dire}. */
    private @Nullable PluginSlot biggest(Map<PluginId, Counted> found, Blame blame, boolean dire) {
        return found.entrySet().stream()
                .flatMap(counted -> slots.find(counted.getKey()).filter(counted.getValue()::isOf).stream())
                .filter(PluginSlot::isUp)
                .filter(slot -> !engine.isLeaving(slot))
                .filter(slot -> slot.state == PluginState.SUSPENDED
                        ? dire && blame.allowsEnding(slot.id)
                        : blame.allowsHolding(slot.id))
                .max(Comparator.comparingLong(slot -> blame.most(slot.id)))
                .orElse(null);
    }

    private static long retained(Counted counted) {
        return counted.measured().retained().orElse(0);
    }

    private void tell(String topic, double now, String message, Map<PluginId, Counted> found) {
        LOG.warn("DP-0681 {} of the heap after a collection: {}", percent(now), message);
        List<Map.Entry<PluginId, Counted>> most = found.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -retained(entry.getValue())))
                .limit(MOST_NAMED)
                .toList();
        JsonArray named = new JsonArray();
        most.forEach(entry -> named.add(
                new JsonObject().put("id", entry.getKey().value()).put("retained", retained(entry.getValue()))));
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
