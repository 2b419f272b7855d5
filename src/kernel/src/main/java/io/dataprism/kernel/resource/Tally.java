package io.dataprism.kernel.resource;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** What one plugin has of each countable thing, in one of its lives, and may have. Its limits change while it runs. Safe to use from any thread. */
public final class Tally {
    private static final int KINDS = Countable.values().length;

    private volatile int[] limits;
    /** From the first thing on: most plugins have few, and there may be ten thousand. */
    private volatile @Nullable AtomicIntegerArray had;

    private Tally(int[] limits) {
        this.limits = limits;
    }

    static Tally of(int[] limits) {
        return new Tally(limits);
    }

    /** One that may have what any may where nobody says anything. */
    public static Tally usual() {
        return of(CountLimits.NONE);
    }

    /** One that may have what a node gives each. */
    public static Tally of(CountLimits node) {
        return new Tally(limits(CountLimits.NONE, CountLimits.NONE, node));
    }

    /**
     * How many a plugin may have of each.
     *
     * @param allowed what the operator says of it
     * @param asked what its manifest does
     * @param node what the node gives each
     */
    static int[] limits(CountLimits allowed, CountLimits asked, CountLimits node) {
        int[] limits = new int[KINDS];
        for (Countable what : Countable.values()) {
            int usual = node.usual(what);
            limits[what.place()] =
                    allowed.of(what).orElse(Math.min(asked.of(what).orElse(usual), usual));
        }
        return limits;
    }

    void limits(int[] now) {
        limits = now;
    }

    /** How many it may have. */
    public int limit(Countable what) {
        return limits[what.place()];
    }

    /** It has one more, or with -1 one less. */
    public void add(Countable what, int change) {
        AtomicIntegerArray counts = had;
        (counts == null ? make() : counts).addAndGet(what.place(), change);
    }

    /** Of what is counted elsewhere: it has so many. */
    public void has(Countable what, int now) {
        AtomicIntegerArray counts = had;
        if (counts != null || now != 0) {
            (counts == null ? make() : counts).set(what.place(), now);
        }
    }

    private synchronized AtomicIntegerArray make() {
        AtomicIntegerArray counts = had == null ? new AtomicIntegerArray(KINDS) : had;
        had = counts;
        return counts;
    }

    /** How many it has. */
    public int now(Countable what) {
        AtomicIntegerArray counts = had;
        return counts == null ? 0 : Math.max(0, counts.get(what.place()));
    }

    /** What it has any of: {@code now} and {@code limit} by key. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        for (Countable what : Countable.values()) {
            if (now(what) > 0) {
                json.put(what.key(), new JsonObject().put("now", now(what)).put("limit", limit(what)));
            }
        }
        return json;
    }
}
