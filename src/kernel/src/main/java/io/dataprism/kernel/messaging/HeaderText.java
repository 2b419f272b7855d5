package io.dataprism.kernel.messaging;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What interceptors have added to a message, as one header on the bus. */
final class HeaderText {
    static final String HEADER = "dp-headers";

    private HeaderText() {}

    static String of(Map<String, String> headers) {
        return new JsonObject(new HashMap<>(headers)).encode();
    }

    static void write(Map<String, String> added, MultiMap headers) {
        if (!added.isEmpty()) {
            headers.set(HEADER, of(added));
        }
    }

    /** Nothing where it is not what {@link #of} writes. */
    static Map<String, String> read(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        try {
            Map<String, String> headers = new HashMap<>();
            new JsonObject(text).forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
            // No copy: an immutable map takes quadratic time where somebody chose names of equal hashes.
            return Collections.unmodifiableMap(headers);
        } catch (DecodeException | ClassCastException unfit) {
            return Map.of();
        }
    }
}
