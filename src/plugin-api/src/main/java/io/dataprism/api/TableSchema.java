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
 * @param report what its provider has to tell about how it was made, for example which rows of a file were left out;
 *     empty where there is nothing to tell
 */
public record TableSchema(List<Column> columns, long rows, JsonObject report) {

    public TableSchema {
        columns = List.copyOf(columns);
        report = report.copy();
    }

    /** A table that nothing needs to be told about. */
    public TableSchema(List<Column> columns, long rows) {
        this(columns, rows, new JsonObject());
    }

    @Override
    public JsonObject report() {
        return report.copy();
    }

    /** One column. */
    public record Column(String name, ColumnType type) {}

    public JsonObject toJson() {
        JsonArray list = new JsonArray();
        columns.forEach(column -> list.add(new JsonObject()
                .put("name", column.name())
                .put("type", column.type().label())));
        JsonObject json = new JsonObject().put("columns", list).put("rows", rows);
        return report.isEmpty() ? json : json.put("report", report());
    }

    public static TableSchema fromJson(JsonObject json) {
        List<Column> columns = new ArrayList<>();
        json.getJsonArray("columns").forEach(item -> {
            JsonObject column = (JsonObject) item;
            columns.add(new Column(column.getString("name"), ColumnType.of(column.getString("type"))));
        });
        return new TableSchema(columns, json.getLong("rows"), json.getJsonObject("report", new JsonObject()));
    }
}
