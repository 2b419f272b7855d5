package io.dataprism.app.command;

import io.vertx.core.json.JsonObject;

/** Says which part of a node's periodic check fails. */
final class FailingCheckLine {
    static final String REMEDY = "the node's log has the cause; this is an error of the kernel: report it";

    private FailingCheckLine() {}

    /** @param check the part's name, and the cause, as the node tells */
    static String of(JsonObject check) {
        return "the periodic check of " + PlainText.of(check.getString("name")) + " fails: "
                + PlainText.of(check.getString("cause"));
    }
}
