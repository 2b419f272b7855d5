package io.dataprism.gateway;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What is sent to a client. */
final class Frames {
    private Frames() {}

    static JsonObject rec(String address, JsonObject headers, @Nullable Object body) {
        return new JsonObject()
                .put("type", "rec")
                .put("address", address)
                .put("headers", headers)
                .put("body", Payloads.body(body));
    }
}
