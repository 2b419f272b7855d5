package io.dataprism.api;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * What a capability streams, item by item. The kernel pulls: it asks for an item only once it has the one before and the reader has room for
 * it, so a source never runs ahead of who reads. Runs in the plugin's slices.
 */
@FunctionalInterface
public interface StreamSource<T> {

    /**
     * The next item, a payload; empty at the end. A failure, thrown or in the future, ends the stream and reaches the reader as that of a call
     * does.
     */
    Future<Optional<T>> next() throws Exception;

    /**
     * The stream is over: it was read to its end, failed, or nobody reads it any more. Called once, as soon as that is known, even while a {@link
     * #next} is under way. Not called where the plugin was ended by force.
     */
    default Future<Void> close() throws Exception {
        return Future.succeededFuture();
    }
}
