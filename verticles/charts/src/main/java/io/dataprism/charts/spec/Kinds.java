package io.dataprism.charts.spec;

import io.dataprism.api.PluginException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values by the names that a schema and a reader use for them. */
final class Kinds {
    private Kinds() {}

    static boolean fits(@Nullable Object value, String type) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> throw new IllegalArgumentException("The schema has the unknown type '" + type + "'");
        };
    }

    static String readable(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "string" -> "a text";
            case "number" -> "a number";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    static String show(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof String text) {
            return "the text '" + PluginException.excerpt(text) + "'";
        }
        return value == null ? "null" : PluginException.excerpt(value.toString());
    }
}
