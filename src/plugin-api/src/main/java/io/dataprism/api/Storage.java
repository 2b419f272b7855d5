package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.Set;

/** A plugin's own key-value storage: a namespace of its own, kept over restarts. Needs {@code storage-access}. */
public interface Storage {

    Future<Optional<Buffer>> get(String key);

    /** Put {@code value}; it is durable once the future has succeeded. */
    Future<Void> put(String key, Buffer value);

    /** Remove {@code key}; whether it was there. */
    Future<Boolean> remove(String key);

    /** The keys that begin with {@code prefix}. */
    Future<Set<String>> keys(String prefix);
}
