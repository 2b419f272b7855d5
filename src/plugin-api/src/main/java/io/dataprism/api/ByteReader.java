package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Reads bytes as a stream: whoever reads pulls, so nothing piles up. One {@link #next} at a time. */
public interface ByteReader {

    /** The next bytes, at least one and 64 KB at most; empty at the end. */
    Future<Optional<Buffer>> next();

    /** End early. Called for itself at the end of the stream and at the end of the plugin. */
    Future<Void> close();
}
