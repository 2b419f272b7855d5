package io.dataprism.gateway;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that one client was sent and has not answered. Each has an address that cannot be guessed and that is known to
 * this socket alone. Used by the socket's thread.
 */
final class Requests {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final Vertx vertx;
    private final int limit;
    private final long timeoutMillis;
    private final Map<String, Waiting> waiting = new HashMap<>();

    private record Waiting(Promise<Object> promise, long timer) {}

    Requests(Vertx vertx, int limit, Duration timeout) {
        this.vertx = vertx;
        this.limit = limit;
        this.timeoutMillis = timeout.toMillis();
    }

    /** A request's id, and the answer to come. */
    record Open(String id, Future<Object> answer) {}

    /** Begin to wait; fails where too many wait already. */
    Open open() {
        if (waiting.size() >= limit) {
            throw failure(FailureKind.BUSY, "The client has too many requests to answer.");
        }
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Promise<Object> promise = Promise.promise();
        long timer = vertx.setTimer(timeoutMillis, fired -> late(id));
        waiting.put(id, new Waiting(promise, timer));
        return new Open(id, promise.future());
    }

    /** The client's answer; false when nobody waits for it. */
    boolean answer(String id, @Nullable Object body) {
        Waiting request = waiting.remove(id);
        if (request == null) {
            return false;
        }
        vertx.cancelTimer(request.timer);
        request.promise.complete(body);
        return true;
    }

    /** The request could not be delivered. */
    void fail(String id, FailureKind kind, String message) {
        Waiting request = waiting.remove(id);
        if (request != null) {
            vertx.cancelTimer(request.timer);
            request.promise.fail(failure(kind, message));
        }
    }

    /** The client is gone. */
    void close() {
        List<String> ids = new ArrayList<>(waiting.keySet());
        ids.forEach(id -> fail(id, FailureKind.CANCELLED, "The client has disconnected."));
    }

    private void late(String id) {
        fail(id, FailureKind.LATE, "The client did not answer in time.");
    }

    private static CallException failure(FailureKind kind, String message) {
        return new CallException(kind, message);
    }
}
