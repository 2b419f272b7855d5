package io.dataprism.app.command;

import io.dataprism.app.Screen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a node adds to its answer for the operator to know, such as what else was stopped. */
final class Notes {
    private Notes() {}

    /** Each on a line of its own, beside the result. */
    static void print(Screen screen, JsonObject answer) {
        answer.getJsonArray("notes", new JsonArray())
                .forEach(note -> screen.err().println(note));
    }
}
