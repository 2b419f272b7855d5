package io.dataprism.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table looks like.
 *
 * @param columns in their order
 * @param rows how many
 */
public record TableSchema(List<Column> columns, long rows) {

    public TableSchema {
        columns = List.copyOf(columns);
    }

    /** One column. */
    public record Column(String name, ColumnType type) {}

    public JsonObject toJson() {
        JsonArray list = new JsonArray();
        columns.forEach(column -> list.add(new JsonObject()
                .put("name", column.name())
                .put("type", column.type().label())));
        return new JsonObject().put("columns", list).put("rows", rows);
    }

    public static TableSchema fromJson(JsonObject json) {
        List<Column> columns = new ArrayList<>();
        json.getJsonArray("columns").forEach(item -> {
            JsonObject column = (JsonObject) item;
            columns.add(new Column(column.getString("name"), ColumnType.of(column.getString("type"))));
        });
        return new TableSchema(columns, json.getLong("rows"));
    }
}
