package io.dataprism.postgres;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a request.
 *
 * @param where it stands, for messages
 */
record Fields(String where, JsonObject json) {

    /** These and no others. */
    static Fields of(String where, JsonObject json, String... known) {
        Set<String> names = new TreeSet<>(List.of(known));
        for (String name : json.fieldNames()) {
            if (!names.contains(name)) {
                throw PostgresProblem.BAD_REQUEST.failure(where + ": '" + PluginException.excerpt(name)
                        + "' is not known. There are: " + String.join(", ", names) + ".");
            }
        }
        return new Fields(where, json);
    }

    Optional<String> text(String name) {
        Object value = json.getValue(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw wrong(name, "a text", value);
    }

    String needText(String name) {
        return text(name).orElseThrow(() -> wrong(name, "a text", null));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : array(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "a list of texts", item);
            }
            texts.add(text);
        }
        return texts;
    }

    /** A missing one is empty. */
    JsonArray array(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return new JsonArray();
        }
        if (value instanceof JsonArray array) {
            return array;
        }
        throw wrong(name, "a list", value);
    }

    long whole(String name, long usual, long most) {
        Object value = json.getValue(name);
        if (value == null) {
            return usual;
        }
        if (value instanceof Number number
                && number.doubleValue() == number.longValue()
                && number.longValue() >= 1
                && number.longValue() <= most) {
            return number.longValue();
        }
        throw wrong(name, "a whole number from 1 to " + most, value);
    }

    private RuntimeException wrong(String name, String expected, @Nullable Object found) {
        return PostgresProblem.BAD_REQUEST.failure(where + ": '" + name + "' must be " + expected + ", but is "
                + (found == null ? "missing" : PluginException.excerpt(String.valueOf(found))) + ".");
    }
}
