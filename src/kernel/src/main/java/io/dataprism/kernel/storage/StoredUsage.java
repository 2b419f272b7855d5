package io.dataprism.kernel.storage;

/**
 * What one plugin has stored.
 *
 * @param bytes of keys, in UTF-8, and values
 */
public record StoredUsage(long bytes, int keys) {
    static final StoredUsage NOTHING = new StoredUsage(0, 0);

    StoredUsage with(int entry) {
        return new StoredUsage(bytes + entry, keys + 1);
    }

    StoredUsage without(int entry) {
        return new StoredUsage(bytes - entry, keys - 1);
    }

    /** Whether this is more than {@code limits} allow, and more than {@code before}: who has too much may still remove some. */
    boolean passes(StorageLimits limits, StoredUsage before) {
        return (bytes > limits.bytes() && bytes > before.bytes) || (keys > limits.keys() && keys > before.keys);
    }
}
