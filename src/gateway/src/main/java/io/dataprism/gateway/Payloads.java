package io.dataprism.gateway;

import io.dataprism.api.Dataset;
import io.dataprism.api.Export;
import io.dataprism.api.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How payloads stand in a frame's {@code body}: as themselves where JSON has them, handles as JSON, bytes as base64 text. */
final class Payloads {
    private Payloads() {}

    /**
     * The body to put in a frame.
     *
     * @throws FrameException where JSON cannot carry it
     */
    static @Nullable Object body(@Nullable Object payload) {
        if (payload == null
                || payload instanceof String
                || payload instanceof Number
                || payload instanceof Boolean
                || payload instanceof JsonObject
                || payload instanceof JsonArray
                || payload instanceof Buffer
                || payload instanceof byte[]) {
            return payload;
        }
        if (payload instanceof Dataset dataset) {
            return dataset.toJson();
        }
        if (payload instanceof View view) {
            return view.toJson();
        }
        if (payload instanceof Export export) {
            return export.toJson();
        }
        throw new FrameException(Failure.reply("JSON cannot carry it"));
    }
}
