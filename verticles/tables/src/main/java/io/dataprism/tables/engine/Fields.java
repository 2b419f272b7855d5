package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a JSON object one by one, and at the end refuses those that nobody asked for. */
final class Fields {
    private final TableProblem problem;
    private final String where;
    private final JsonObject json;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param problem the code that failures carry
     * @param where what a failure starts with, for example {@code operation 2 (group)}
     */
    Fields(TableProblem problem, String where, JsonObject json) {
        this.problem = problem;
        this.where = where;
        this.json = json;
    }

    String where() {
        return where;
    }

    JsonObject json() {
        return json;
    }

    boolean has(String name) {
        asked.add(name);
        return json.getValue(name) != null;
    }

    Optional<Object> value(String name) {
        asked.add(name);
        return Optional.ofNullable(json.getValue(name));
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expected) {
        return value(name).map(value -> {
            if (!type.isInstance(value)) {
                throw wrong(name, expected, value);
            }
            return type.cast(value);
        });
    }

    Optional<String> text(String name) {
        return typed(name, String.class, "a text");
    }

    String needText(String name) {
        return text(name).orElseThrow(() -> missing(name, "a text"));
    }

    /** A text that is one of {@code allowed}. */
    Optional<String> word(String name, List<String> allowed) {
        return text(name).map(word -> {
            if (!allowed.contains(word)) {
                throw fail("'" + name + "' is '" + PluginException.excerpt(word) + "'; expected "
                        + String.join(", ", allowed) + "." + NearestNames.hint(word, allowed));
            }
            return word;
        });
    }

    Optional<Boolean> flag(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    Optional<Double> number(String name) {
        return typed(name, Number.class, "a number").map(Number::doubleValue);
    }

    Optional<Long> whole(String name, long least, long most) {
        return typed(name, Number.class, "a number").map(number -> {
            long whole = number.longValue();
            if (number.doubleValue() != whole || whole < least || whole > most) {
                throw wrong(name, "a whole number from " + least + " to " + most, number);
            }
            return whole;
        });
    }

    Optional<JsonObject> object(String name) {
        return typed(name, JsonObject.class, "an object");
    }

    Optional<JsonArray> array(String name) {
        return typed(name, JsonArray.class, "an array");
    }

    /** An array of texts; a single text stands for an array of one. */
    Optional<List<String>> texts(String name) {
        return value(name).map(value -> {
            JsonArray array = value instanceof JsonArray given ? given : new JsonArray().add(value);
            List<String> list = new ArrayList<>();
            for (Object item : array) {
                if (!(item instanceof String text)) {
                    throw wrong(name, "texts", value);
                }
                list.add(text);
            }
            return list;
        });
    }

    List<String> needTexts(String name) {
        return texts(name)
                .filter(list -> !list.isEmpty())
                .orElseThrow(() -> missing(name, "an array of texts that is not empty"));
    }

    /** Refuse what was not asked for. */
    void done() {
        for (String name : json.fieldNames()) {
            if (!asked.contains(name)) {
                throw fail(
                        "'" + PluginException.excerpt(name) + "' is not known here." + NearestNames.hint(name, asked));
            }
        }
    }

    CallException missing(String name, String expected) {
        return fail("'" + name + "' is missing; expected " + expected + ".");
    }

    CallException wrong(String name, String expected, Object found) {
        return fail(
                "'" + name + "' is " + PluginException.excerpt(String.valueOf(found)) + "; expected " + expected + ".");
    }

    CallException fail(String what) {
        return fail(what, null);
    }

    CallException fail(String what, @Nullable Throwable cause) {
        return problem.failure("Tables: " + where + ": " + what, cause);
    }
}
