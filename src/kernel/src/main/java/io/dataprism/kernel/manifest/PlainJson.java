package io.dataprism.kernel.manifest;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;

/**
 * JSON objects as text. Vert.x's usual way goes through Jackson's data binding, which nothing else needs while a node starts, and which takes
 * longer to be made than a small file to be read.
 */
public final class PlainJson {
    private static final JacksonCodec CODEC = new JacksonCodec();

    private PlainJson() {}

    /**
     * The object that {@code text} writes.
     *
     * @throws DecodeException when it writes none
     */
    public static JsonObject object(String text) {
        if (CODEC.fromString(text, Object.class) instanceof JsonObject object) {
            return object;
        }
        throw new DecodeException("This is JSON, but not an object");
    }

    /** The object as text of several lines. */
    public static String text(JsonObject object) {
        return CODEC.toString(object, true);
    }
}
