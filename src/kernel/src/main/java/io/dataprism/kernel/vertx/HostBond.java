package io.dataprism.kernel.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** What ties a queue to its context: futures that belong to it. */
interface HostBond {
    SliceFrame frame();

    /** Whether the calling thread may run the context's code now. */
    boolean isRunning();

    <T> Promise<T> promise();

    <T> Future<T> succeeded(@Nullable T value);

    <T> Future<T> failed(Throwable failure);
}
