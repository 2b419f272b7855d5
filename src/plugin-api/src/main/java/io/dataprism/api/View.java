package io.dataprism.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A reference to something that a {@link VisualizationPlugin} rendered: it has an owner, and it ends with the owner, with its lease, or with
 * {@link VisualizationPlugin#release}.
 *
 * @param node the node that holds the view
 * @param owner the label of the caller for whom it was made
 * @param id not guessable, of at most 128 characters
 * @param lease until when it is kept at least; using it renews the lease
 */
public record View(String node, String owner, String id, Instant lease) {
    /** The key under which a view's fields stand in JSON. */
    public static final String KEY = "$view";

    public JsonObject toJson() {
        return HandleJson.write(KEY, node, owner, id, lease);
    }

    public static View fromJson(JsonObject json) {
        JsonObject fields = HandleJson.fields(KEY, json);
        return new View(
                HandleJson.text(KEY, fields, "node"),
                HandleJson.text(KEY, fields, "owner"),
                HandleJson.text(KEY, fields, "id"),
                HandleJson.lease(KEY, fields));
    }
}
