package io.dataprism.files.detect;

import io.dataprism.api.CallException;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the caller says about a file, which wins over what is found. */
final class Overrides {
    private static final List<String> KNOWN = List.of(
            "format",
            "encoding",
            "compression",
            "delimiter",
            "quote",
            "escape",
            "comment",
            "header",
            "skip",
            "decimal",
            "thousands",
            "missing",
            "columns",
            "badRows",
            "rows",
            "flatten");

    private final JsonObject json;

    Overrides(JsonObject json) {
        this.json = json;
        for (String name : json.fieldNames()) {
            if (!KNOWN.contains(name)) {
                throw FileProblem.BAD_OPTION.failure("the option '" + PluginException.excerpt(name)
                        + "' is not known. There are " + String.join(", ", KNOWN) + ".");
            }
        }
    }

    JsonObject json() {
        return json;
    }

    boolean has(String name) {
        return json.getValue(name) != null;
    }

    Optional<String> text(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(name, "a text", value);
    }

    /** One of {@code allowed}. */
    Optional<String> word(String name, List<String> allowed) {
        Optional<String> word = text(name);
        if (word.isPresent() && !allowed.contains(word.get())) {
            throw wrong(name, String.join(", ", allowed), word.get());
        }
        return word;
    }

    /** A text of one character; an empty one is NUL, which means none. */
    Optional<Character> character(String name) {
        return text(name).map(text -> {
            if (text.length() > 1) {
                throw wrong(name, "one character, or an empty text for none", text);
            }
            return text.isEmpty() ? (char) 0 : text.charAt(0);
        });
    }

    Optional<Boolean> flag(String name) {
        Object value = json.getValue(name);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        throw wrong(name, "true or false", value);
    }

    Optional<Integer> whole(String name) {
        Object value = json.getValue(name);
        if (value == null || (value instanceof Integer number && number >= 0)) {
            return Optional.ofNullable((Integer) value);
        }
        throw wrong(name, "a whole number from 0", value);
    }

    Optional<List<String>> texts(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Object item : value instanceof JsonArray array ? array : new JsonArray().add(value)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "texts", value);
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    static CallException wrong(String name, String expected, Object found) {
        return FileProblem.BAD_OPTION.failure("the option '" + name + "' is "
                + PluginException.excerpt(String.valueOf(found)) + "; expected " + expected + ".");
    }
}
