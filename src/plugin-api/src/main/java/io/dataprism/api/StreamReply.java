package io.dataprism.api;

import io.vertx.core.Future;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers a call with whose answer is a stream; read with {@link Calls#stream}.
 *
 * <pre>{@code
 * Capabilities offered = Capabilities.of("count", call -> {
 *     java.util.stream.IntStream numbers = java.util.stream.IntStream.range(0, call.json().getInteger("to"));
 *     return Future.succeededFuture(StreamReply.ofAll(numbers.boxed().toList()).headed(new JsonObject().put("from", 0)));
 * });
 * }</pre>
 *
 * @param head what the reader is told before the first item: a payload
 * @param source asked for one item after the other
 */
public record StreamReply(@Nullable Object head, StreamSource<?> source) {

    /** Without a head. */
    public static StreamReply of(StreamSource<?> source) {
        return new StreamReply(null, source);
    }

    /** Items that are at hand, or are made without waiting for anything. None may be null. */
    public static StreamReply ofAll(Iterable<?> items) {
        Iterator<?> each = items.iterator();
        StreamSource<Object> source =
                () -> Future.succeededFuture(each.hasNext() ? Optional.of(each.next()) : Optional.empty());
        return of(source);
    }

    /** This, and {@code first} before its items. */
    public StreamReply headed(@Nullable Object first) {
        return new StreamReply(first, source);
    }
}
