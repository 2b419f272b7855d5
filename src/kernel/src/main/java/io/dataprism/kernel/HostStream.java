package io.dataprism.kernel;

import io.dataprism.api.StreamReader;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream as the host application reads it: futures of whatever context it reads from. */
record HostStream<T>(HostContext host, StreamReader<T> stream) implements StreamReader<T> {

    @Override
    public @Nullable Object head() {
        return stream.head();
    }

    @Override
    public Future<Optional<T>> next() {
        return host.deliver(stream.next());
    }

    @Override
    public Future<List<T>> batch(int most) {
        return host.deliver(stream.batch(most));
    }

    @Override
    public Future<Void> close() {
        return host.deliver(stream.close());
    }
}
