package io.dataprism.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Rows to work on: a table somewhere, by its handle, or a few rows inline. */
public sealed interface Dataset permits TableHandle, InlineRows {

    /** The form in which it travels. */
    Object toJson();

    /**
     * Read what {@link #toJson} wrote: an array of objects is rows, an object with {@code $table} is a handle.
     *
     * @throws CallException of kind {@link FailureKind#INVALID} for anything else
     */
    static Dataset fromJson(@Nullable Object json) {
        if (json instanceof JsonArray rows) {
            return new InlineRows(rows);
        }
        if (json instanceof JsonObject object && object.containsKey(TableHandle.KEY)) {
            return TableHandle.fromJson(object);
        }
        throw new CallException(
                FailureKind.INVALID,
                "Data must be an array of row objects or a table handle {\"" + TableHandle.KEY + "\": …}, but is "
                        + (json == null ? "missing" : json.getClass().getSimpleName())
                        + ". Give the rows, or the handle that a fetch or transform returned.");
    }
}
