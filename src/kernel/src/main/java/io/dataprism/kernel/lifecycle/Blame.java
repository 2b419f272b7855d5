package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Measured;
import java.util.Map;

/**
 * What may follow for whom from a count of what plugins retain, where the heap is short: the less the count explains, the less is done on the strength of it.
 */
final class Blame {
    /** Of the heap: who holds less than that is not to blame. */
    private static final int LEAST = 20;
    /** Of the heap: who holds so much does so whatever else was not counted. */
    private static final int MUCH = 5;

    private final Map<PluginId, Measured> found;
    private final long inUse;
    private final long limit;
    private final long counted;

    /**
     * @param inUse bytes of the heap after a collection
     * @param limit bytes of the heap
     */
    Blame(Map<PluginId, Measured> found, long inUse, long limit) {
        this.found = Map.copyOf(found);
        this.inUse = inUse;
        this.limit = limit;
        this.counted = found.values().stream()
                .mapToLong(each -> each.retained().orElse(0))
                .sum();
    }

    /** Bytes that {@code id} was found to retain. */
    long retained(PluginId id) {
        Measured measured = found.get(id);
        return measured == null ? 0 : measured.retained().orElse(0);
    }

    /** So much may be {@code id}'s: of one that could not be counted to the end also what nobody else was found to retain. */
    long most(PluginId id) {
        Measured measured = found.get(id);
        long retained = retained(id);
        return measured != null && measured.cut() ? Math.max(retained, inUse - (counted - retained)) : retained;
    }

    /** Whether it may be held, which can be undone. */
    boolean allowsHolding(PluginId id) {
        return retained(id) >= limit / LEAST;
    }

    /** Whether it may be taken down and quarantined: not for a little, while somebody may hide what is much. */
    boolean allowsEnding(PluginId id) {
        return retained(id) >= limit / MUCH || (allowsHolding(id) && isWhole());
    }

    /** Whether all were counted to the end, and most of what is in use is theirs. */
    private boolean isWhole() {
        return counted >= inUse / 2 && found.values().stream().allMatch(Measured::whole);
    }
}
