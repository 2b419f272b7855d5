package io.dataprism.charts.auto;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON with places for values: {@code $name} outside of quotes stands for a whole value, whatever it is. */
final class JsonTemplate {
    private static final Pattern PLACE = Pattern.compile("\\$([a-zA-Z]\\w*)");

    private final Map<String, Object> values = new HashMap<>();

    JsonTemplate with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    JsonObject object(String text) {
        return new JsonObject(filled(text));
    }

    JsonArray array(String text) {
        return new JsonArray(filled(text));
    }

    private String filled(String text) {
        return PLACE.matcher(text.replace('\'', '"'))
                .replaceAll(match -> Matcher.quoteReplacement(Json.encode(value(match.group(1)))));
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The template has no value for $" + name);
        }
        return value;
    }
}
