package io.dataprism.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A few rows that travel in the message itself.
 *
 * @param rows JSON objects, all of them
 */
public record InlineRows(JsonArray rows) implements Dataset {

    public InlineRows {
        for (int i = 0; i < rows.size(); i++) {
            if (!(rows.getValue(i) instanceof JsonObject)) {
                throw new CallException(
                        FailureKind.INVALID,
                        "Row " + i + " of the inline data is not an object. Write each row as {\"column\": value, …}.");
            }
        }
    }

    @Override
    public JsonArray toJson() {
        return rows;
    }
}
