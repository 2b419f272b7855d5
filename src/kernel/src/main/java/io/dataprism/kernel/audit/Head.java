package io.dataprism.kernel.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * The newest line of a log at some moment.
 *
 * @param node whose log
 * @param at when
 * @param sequence the line's number
 * @param hash the line's hash, which stands for all lines up to it
 */
public record Head(String node, Instant at, long sequence, String hash) {

    public JsonObject toJson() {
        return new JsonObject()
                .put("node", node)
                .put("at", at.toString())
                .put("sequence", sequence)
                .put("hash", hash);
    }

    /** What {@link #toJson} made; fails with whatever is wrong. */
    static Head fromJson(JsonObject json) {
        return new Head(
                Objects.requireNonNull(json.getString("node"), "no node"),
                Instant.parse(json.getString("at")),
                json.getLong("sequence"),
                Objects.requireNonNull(json.getString("hash"), "no hash"));
    }
}
