package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Writes bytes as a stream into something that is there wholly or not at all. One {@link #write} at a time; wait for its future. */
public interface ByteWriter {

    /** Add {@code bytes}, which are copied. */
    Future<Void> write(Buffer bytes);

    /** All is written: only now others see it, and it is durable once the future has succeeded. */
    Future<Void> commit();

    /** Forget what was written. Called for itself at the end of the plugin, unless it was committed. */
    Future<Void> discard();
}
