package io.dataprism.kernel.storage;

import java.util.Map;
import java.util.Optional;

/**
 * What is to be changed together. The bytes are the kernel's own, whoever gave them.
 *
 * @param expected what must be there for it; empty for a key that must not be
 * @param changes what is to be there then; empty for a key that is to go
 */
public record StorageChange(Map<String, Optional<byte[]>> expected, Map<String, Optional<byte[]>> changes) {
    public StorageChange {
        expected = Map.copyOf(expected);
        changes = Map.copyOf(changes);
    }

    /** Bytes of the values. */
    public long size() {
        return size(expected) + size(changes);
    }

    private static long size(Map<String, Optional<byte[]>> values) {
        long size = 0;
        for (Map.Entry<String, Optional<byte[]>> each : values.entrySet()) {
            size += 2L * each.getKey().length()
                    + each.getValue().map(bytes -> bytes.length).orElse(0);
        }
        return size;
    }
}
