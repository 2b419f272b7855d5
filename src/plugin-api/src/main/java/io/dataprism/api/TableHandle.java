package io.dataprism.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A reference to a table that the {@link TableService} of a node keeps. Messages carry handles, not rows.
 *
 * @param node the node that holds the table
 * @param owner the label of the caller for whom it was made; the table is freed when the owner ends
 * @param id not guessable, of at most 128 characters
 * @param lease until when it is kept at least; reading it renews the lease
 */
public record TableHandle(String node, String owner, String id, Instant lease) implements Dataset {
    /** The key under which a handle's fields stand in JSON. */
    public static final String KEY = "$table";

    @Override
    public JsonObject toJson() {
        return HandleJson.write(KEY, node, owner, id, lease);
    }

    public static TableHandle fromJson(JsonObject json) {
        JsonObject fields = HandleJson.fields(KEY, json);
        return new TableHandle(
                HandleJson.text(KEY, fields, "node"),
                HandleJson.text(KEY, fields, "owner"),
                HandleJson.text(KEY, fields, "id"),
                HandleJson.lease(KEY, fields));
    }
}
