package io.dataprism.kernel.traffic;

import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an interceptor says to a message. */
public sealed interface Verdict {

    /** It goes on as it is. */
    record Pass() implements Verdict {}

    /** It is refused; its sender is told {@code reason}. */
    record Deny(String reason) implements Verdict {}

    /**
     * It goes on with another body, which is frozen like any other, and further headers, which its handlers read as {@code trace().headers()}.
     */
    record Change(@Nullable Object body, Map<String, String> headers) implements Verdict {
        public Change {
            headers = Map.copyOf(headers);
        }
    }

    static Future<Verdict> pass() {
        return Passing.NOW;
    }

    static Future<Verdict> deny(String reason) {
        return Future.succeededFuture(new Deny(reason));
    }

    /** With {@code headers} besides those that it has. */
    static Future<Verdict> with(Intercepted message, Map<String, String> headers) {
        return Future.succeededFuture(new Change(message.body(), headers));
    }

    static Future<Verdict> change(@Nullable Object body, Map<String, String> headers) {
        return Future.succeededFuture(new Change(body, headers));
    }
}
