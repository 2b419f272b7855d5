package io.dataprism.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A view as a file.
 *
 * @param format as asked for: {@code svg}, {@code png}, {@code pdf}
 * @param mediaType for example {@code image/png}
 */
public record Export(String format, String mediaType, Buffer content) {

    public JsonObject toJson() {
        return new JsonObject()
                .put("format", format)
                .put("mediaType", mediaType)
                .put("content", content);
    }

    public static Export fromJson(JsonObject json) {
        return new Export(json.getString("format"), json.getString("mediaType"), json.getBuffer("content"));
    }
}
