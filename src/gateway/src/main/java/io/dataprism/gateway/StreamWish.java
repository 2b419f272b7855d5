package io.dataprism.gateway;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * That a call is to be answered with a stream, as the two headers say that a client may set.
 *
 * @param address where its items go: a {@code stream:} address of the client's own, which it has registered
 * @param credit how many items may come before the client asks for more
 */
record StreamWish(String address, int credit) {
    static final int MOST = 256;
    private static final int DEFAULT = 16;

    /** What {@code frame} wishes; null where it wants a single answer. */
    static @Nullable StreamWish of(JsonObject frame) {
        if (!(frame.getValue("headers") instanceof JsonObject headers) || !headers.containsKey("stream")) {
            return null;
        }
        if (!(headers.getValue("stream") instanceof String address)
                || !(Address.parse(address).orElse(null) instanceof Address.Stream)) {
            throw new FrameException(Failure.malformed("an address stream:<name> as the header 'stream'"));
        }
        return new StreamWish(address, credit(headers.getValue("credit", DEFAULT)));
    }

    /** So many more items as a number or a text says. */
    static int credit(@Nullable Object given) {
        try {
            int credit = Integer.parseInt(String.valueOf(given));
            if (credit >= 1 && credit <= MOST) {
                return credit;
            }
        } catch (NumberFormatException e) {
            // As one that is too small or too large.
        }
        throw new FrameException(Failure.malformed("a number of items from 1 to " + MOST + " as credit"));
    }
}
