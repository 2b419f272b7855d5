package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A plugin's own key-value storage: a namespace of its own, with a quota, kept over restarts. Needs {@code storage-access}. A change is durable
 * and seen by every later read once its future has succeeded; one that would pass the quota changes nothing and fails.
 */
public interface Storage {

    Future<Optional<Buffer>> get(String key);

    /**
     * Put {@code value}.
     *
     * @param key 1 to 512 characters
     * @param value 1 MB at most
     */
    Future<Void> put(String key, Buffer value);

    /** Remove {@code key}; whether it was there. */
    Future<Boolean> remove(String key);

    /** The keys that begin with {@code prefix}. */
    Future<Set<String>> keys(String prefix);

    /**
     * Make several changes, all or none, provided that nothing changed in between.
     *
     * @return whether all of {@link Change#expected} held; otherwise nothing was changed: read again and repeat
     */
    Future<Boolean> apply(Change change);

    /**
     * Be told, in this plugin's slices, of each key with {@code prefix} that was put or removed from now on. Several changes of one
     * key may arrive as one.
     */
    Future<Watch> watch(String prefix, Consumer<String> changed);

    /** How much is used now. */
    Future<Usage> usage();

    /**
     * Changes that belong together.
     *
     * @param expected what must still be there: a value, or empty for a key that must not be
     */
    record Change(Map<String, Optional<Buffer>> expected, Map<String, Buffer> puts, Set<String> removes) {
        public Change {
            expected = Map.copyOf(expected);
            puts = Map.copyOf(puts);
            removes = Set.copyOf(removes);
        }
    }

    /** A prefix that is watched, until the plugin ends. */
    interface Watch {
        Future<Void> cancel();

        /** Succeeds when it was cancelled; fails with the reason when it ended by itself, such as a permission that was taken back. */
        Future<Void> ended();
    }

    /**
     * Bytes of keys and values.
     *
     * @param used now
     * @param quota at most
     */
    record Usage(long used, long quota) {}
}
