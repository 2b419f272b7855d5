package io.dataprism.gateway;

import io.dataprism.api.Dataset;
import io.dataprism.api.Export;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableBatch.ColumnVector;
import io.dataprism.api.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How payloads stand in a frame's {@code body}: as themselves where JSON has them, handles as JSON, bytes as base64 text. */
final class Payloads {
    private Payloads() {}

    /** {@code {"rows": n, "columns": [{"name", "type", "values"}]}}. */
    private static JsonObject json(TableBatch batch) {
        JsonArray columns = new JsonArray();
        for (ColumnVector column : batch.columns()) {
            JsonArray values = new JsonArray();
            for (int row = 0; row < batch.rows(); row++) {
                values.add(column.isNull(row) ? null : value(column, row));
            }
            columns.add(new JsonObject()
                    .put("name", column.name())
                    .put("type", column.type().label())
                    .put("values", values));
        }
        return new JsonObject().put("rows", batch.rows()).put("columns", columns);
    }

    private static Object value(ColumnVector column, int row) {
        return switch (column.type()) {
            case BOOLEAN -> column.getBoolean(row);
            case LONG, DATE, TIME, TIMESTAMP -> column.getLong(row);
            case DOUBLE -> number(column.getDouble(row));
            case TEXT, DECIMAL, JSON -> column.getText(row);
            case BYTES -> column.getBytes(row);
        };
    }

    /** JSON has no infinities. */
    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : String.valueOf(value);
    }

    /**
     * The body to put in a frame.
     *
     * @throws FrameException where JSON cannot carry it
     */
    static @Nullable Object body(@Nullable Object payload) {
        if (payload == null
                || payload instanceof String
                || payload instanceof Number
                || payload instanceof Boolean
                || payload instanceof JsonObject
                || payload instanceof JsonArray
                || payload instanceof Buffer
                || payload instanceof byte[]) {
            return payload;
        }
        if (payload instanceof Dataset dataset) {
            return dataset.toJson();
        }
        if (payload instanceof View view) {
            return view.toJson();
        }
        if (payload instanceof Export export) {
            return export.toJson();
        }
        if (payload instanceof TableBatch batch) {
            return json(batch);
        }
        throw new FrameException(Failure.reply("JSON cannot carry it"));
    }
}
