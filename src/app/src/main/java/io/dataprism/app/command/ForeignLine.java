package io.dataprism.app.command;

import io.vertx.core.json.JsonObject;

/** Says of somebody on the raw bus that he takes messages away from a plugin. */
final class ForeignLine {
    private ForeignLine() {}

    /** @param one the address, and who it is, as the node tells */
    static String of(JsonObject one) {
        return "host code consumes " + PlainText.of(one.getString("address"))
                + " on the raw event bus and takes every other message there: " + PlainText.of(one.getString("who"));
    }
}
