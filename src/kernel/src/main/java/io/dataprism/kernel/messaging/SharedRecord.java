package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way, immutable all the way down. Stands only in the mailboxes of parties that see its class, so that nobody else keeps the
 * class of a plugin that is gone. Safe to use from any thread.
 */
final class SharedRecord {
    private final RecordForm form;
    private final Record value;
    private final long weight;
    private volatile @Nullable FrozenMap json;

    /** @param json as the sender's own codec wrote it; null: as the form says, once somebody wants it */
    SharedRecord(RecordForm form, Record value, long weight, @Nullable FrozenMap json) {
        this.form = form;
        this.value = value;
        this.weight = weight;
        this.json = json;
    }

    RecordForm form() {
        return form;
    }

    Record value() {
        return value;
    }

    long weight() {
        return weight;
    }

    /** Whether its sender's codec wrote handles; components can't be any. */
    boolean hasHandles() {
        return !form.isAnyones() && json().hasHandles();
    }

    /** For whoever does not see its class. Two threads that come here at once make the same. */
    FrozenMap json() {
        FrozenMap known = json;
        if (known == null) {
            known = form.json(value);
            json = known;
        }
        return known;
    }

    /** {@code owned} as it may leave for anywhere. */
    static @Nullable Object json(@Nullable Object owned) {
        return owned instanceof SharedRecord shared ? shared.json() : owned;
    }
}
