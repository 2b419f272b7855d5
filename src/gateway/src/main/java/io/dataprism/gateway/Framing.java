package io.dataprism.gateway;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/**
 * How frames stand in WebSocket messages. The SockJS form is the protocol's WebSocket transport, which the npm client speaks; its
 * other transports keep sessions beyond sockets and are not offered.
 */
enum Framing {
    /** A message is a frame. */
    RAW {
        @Override
        String greeting() {
            return "";
        }

        @Override
        List<String> unwrap(String message) {
            return List.of(message);
        }

        @Override
        String wrap(String frame) {
            return frame;
        }
    },

    /** A client's message is a JSON array of texts, the server's one that follows an {@code a}. */
    SOCKJS {
        @Override
        String greeting() {
            return "o";
        }

        @Override
        List<String> unwrap(String message) {
            try {
                JsonArray array = new JsonArray(message);
                List<String> frames = new ArrayList<>(array.size());
                for (Object item : array) {
                    if (!(item instanceof String text)) {
                        throw new FrameException(Failure.malformed("an array of texts"));
                    }
                    frames.add(text);
                }
                return frames;
            } catch (DecodeException e) {
                throw new FrameException(Failure.malformed("an array of texts"));
            }
        }

        @Override
        String wrap(String frame) {
            return "a[" + Json.encode(frame) + "]";
        }
    };

    /** What the server says first; empty for nothing. */
    abstract String greeting();

    abstract List<String> unwrap(String message);

    abstract String wrap(String frame);
}
