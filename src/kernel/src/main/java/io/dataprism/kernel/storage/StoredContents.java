package io.dataprism.kernel.storage;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/** What is stored for one plugin, for as long as a piece of work on it lasts. */
public interface StoredContents {

    /** The value of {@code key}, which nobody else has. */
    Optional<byte[]> value(String key);

    /** The keys that begin with {@code prefix}. */
    NavigableSet<String> keys(String prefix);

    /** Everything. */
    Map<String, byte[]> all();

    StoredUsage usage();
}
