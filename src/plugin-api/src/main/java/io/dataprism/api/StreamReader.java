package io.dataprism.api;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream: whoever reads pulls, and {@link StreamOptions} say how far the other side may run ahead. One {@link #next} or {@link #batch} at a
 * time. Items arrive in order, each once.
 *
 * <p>The end comes after the last item. A failure comes at once, with its kind, ahead of items that were not read yet. A stream that is not
 * read to its end must be closed; else it ends with its idle limit.
 *
 * <pre>{@code
 * context.calls()
 *         .<JsonObject>stream("users", "all", null, StreamOptions.DEFAULT.ahead(16, 1 << 20))
 *         .compose(users -> users.each(user -> context.events().publish("users.seen", user)));
 * }</pre>
 */
public interface StreamReader<T> {

    /** What the capability answered before the first item. */
    @Nullable
    Object head();

    /** The next item; empty at the end. Fails with a {@link CallException}. */
    Future<Optional<T>> next();

    /** The items at hand, {@code most} of them at most and one at least; empty at the end. */
    Future<List<T>> batch(int most);

    /** End early: the other side is told at once and frees what it holds. Called for itself at the end of the stream. */
    Future<Void> close();

    /**
     * Read to the end, giving each item to {@code handler} and waiting for what that returns. Where it fails or throws, the stream is closed.
     *
     * @return completes at the end of the stream
     */
    default Future<Void> each(Function<? super T, Future<?>> handler) {
        return new StreamLoop<T>(this, handler).run();
    }
}
