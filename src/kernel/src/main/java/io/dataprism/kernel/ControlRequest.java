package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a control operation, read with care: whatever is wrong is a {@code DP-0804} that names the field. */
record ControlRequest(Caller caller, String operation, JsonObject body) {

    String id() {
        return required("id");
    }

    JsonObject idOnly() {
        return new JsonObject().put("id", id());
    }

    String required(String field) {
        return text(field).orElseThrow(() -> wrong(field, "a text", null));
    }

    Optional<String> text(String field) {
        Object value = body.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(field, "a text", value);
    }

    Optional<Long> number(String field) {
        Object value = body.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number.longValue());
        }
        throw wrong(field, "a number", value);
    }

    /** Texts in an array; none where nothing is said. */
    List<String> texts(String field) {
        Object value = body.getValue(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw wrong(field, "an array of texts", value);
    }

    /** Whether it is said and true. */
    boolean flag(String field) {
        Object value = body.getValue(field);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(field, "true or false", value);
    }

    JsonObject object(String field) {
        return optional(field).orElseThrow(() -> wrong(field, "an object", null));
    }

    Optional<JsonObject> optional(String field) {
        Object value = body.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonObject object) {
            return Optional.of(object);
        }
        throw wrong(field, "an object", value);
    }

    PluginException wrong(String field, String expected, @Nullable Object found) {
        return new PluginException(
                "DP-0804",
                "Field '" + field + "' of control operation '" + operation + "' must be " + expected + ", but is "
                        + (found == null ? "missing" : "'" + PluginException.excerpt(found.toString()) + "'") + ".");
    }
}
