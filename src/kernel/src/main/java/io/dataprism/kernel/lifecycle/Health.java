package io.dataprism.kernel.lifecycle;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin that can be asked answered last.
 *
 * @param at when
 * @param ill why it is not alive; null: it is
 * @param illInARow how often that was so without a break
 * @param unready why it is not ready; null: it is
 */
public record Health(
        Instant at,
        @Nullable String ill,
        int illInARow,
        @Nullable String unready) {

    public JsonObject toJson() {
        return new JsonObject()
                .put("alive", ill == null ? "yes" : "no, " + illInARow + " times: " + ill)
                .put("ready", unready == null ? "yes" : "no: " + unready)
                .put("asked", at.toString());
    }
}
