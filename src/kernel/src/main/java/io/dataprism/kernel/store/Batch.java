package io.dataprism.kernel.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Changes of a {@link Store} that are made together or not at all. Of two changes of one key the later one counts. Owned by the thread that fills it, and
 * not changed any more once it was given to the store.
 */
public final class Batch {
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();

    /** Keep {@code bytes} under {@code key} of {@code table}, in place of what is there. The bytes are not copied. */
    public Batch put(String table, String key, byte[] bytes) {
        changes.put(path(table, key), Optional.of(bytes));
        return this;
    }

    /** Forget what is kept under {@code key}; nothing where there is nothing. */
    public Batch remove(String table, String key) {
        changes.put(path(table, key), Optional.empty());
        return this;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What to keep by table and key; empty for what to forget. */
    Map<String, Optional<byte[]>> changes() {
        return changes;
    }

    /** Table and key as one name: a table's holds no slash, so that no two are the same. */
    static String path(String table, String key) {
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "A table is named with lower-case letters, digits and hyphens, 32 at most, not '" + table + "'.");
        }
        return table + "/" + key;
    }
}
