package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A call as the kernel would hand it over, with a body chosen by the test. */
record GivenCall(String capability, Object body, Instant deadline, Set<String> granted) implements Call {
    static GivenCall of(String capability, Object body) {
        return new GivenCall(capability, body, Instant.now().plusSeconds(60), Set.of());
    }

    @Override
    public Caller caller() {
        return Caller.plugin(new PluginId("asker"));
    }

    @Override
    public JsonObject json() {
        if (body instanceof JsonObject json) {
            return json;
        }
        throw new CallException(FailureKind.INVALID, "The request must be a JSON object.");
    }

    @Override
    public Duration remaining() {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Future<Void> cancelled() {
        return Promise.<Void>promise().future();
    }

    @Override
    public Calls calls() {
        throw new IllegalStateException("Nobody to call.");
    }

    @Override
    public boolean callerMay(String permission) {
        return granted.contains(permission);
    }
}
