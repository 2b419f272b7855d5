package io.dataprism.kernel.storage;

import java.util.OptionalLong;

/**
 * How much one plugin may store.
 *
 * @param bytes of keys, in UTF-8, and values
 * @param keys at most
 */
public record StorageLimits(long bytes, int keys) {

    /** The same, with no more bytes than {@code wanted}. */
    public StorageLimits atMost(OptionalLong wanted) {
        return new StorageLimits(Math.min(bytes, wanted.orElse(bytes)), keys);
    }
}
