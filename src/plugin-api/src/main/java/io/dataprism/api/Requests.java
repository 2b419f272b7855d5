package io.dataprism.api;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads fields of a call's JSON body; a field that is missing or of another type is an INVALID call that names it. */
final class Requests {
    private Requests() {}

    static String text(Call call, String field) {
        if (call.json().getValue(field) instanceof String text) {
            return text;
        }
        throw wrong(call, field, "a text", call.json().getValue(field));
    }

    static int integer(Call call, String field, int least, int most) {
        if (call.json().getValue(field) instanceof Number number
                && number.doubleValue() == number.longValue()
                && number.longValue() >= least
                && number.longValue() <= most) {
            return number.intValue();
        }
        throw wrong(
                call,
                field,
                "a whole number from " + least + " to " + most,
                call.json().getValue(field));
    }

    /** A missing object is an empty one. */
    static JsonObject object(Call call, String field) {
        Object value = call.json().getValue(field);
        if (value == null) {
            return new JsonObject();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong(call, field, "an object", value);
    }

    static TableFormat format(Call call, String field) {
        return TableFormat.of(text(call, field))
                .orElseThrow(() -> wrong(
                        call, field, "csv, json, ndjson or parquet", call.json().getValue(field)));
    }

    private static CallException wrong(Call call, String field, String expected, @Nullable Object found) {
        String shown = found == null ? "missing" : PluginException.excerpt(String.valueOf(found));
        return new CallException(
                FailureKind.INVALID,
                "Field '" + field + "' of a call to '" + call.capability() + "' must be " + expected + ", but is "
                        + shown + ".");
    }
}
