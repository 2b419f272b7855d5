package io.dataprism.app.pipeline;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of references, anywhere in a JSON value. A text that is one reference and nothing else becomes the value
 * itself, of whatever type; within a longer text the value is written out.
 */
final class Substitution {
    private final Function<Reference, @Nullable Object> values;

    Substitution(Function<Reference, @Nullable Object> values) {
        this.values = values;
    }

    JsonObject in(JsonObject object) {
        JsonObject result = new JsonObject();
        object.forEach(entry -> result.put(entry.getKey(), value(entry.getValue())));
        return result;
    }

    String in(String text) {
        StringBuilder result = new StringBuilder();
        for (Reference.Part part : Reference.parse(text)) {
            result.append(written(part));
        }
        return result.toString();
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return in(object);
        }
        if (value instanceof JsonArray array) {
            JsonArray result = new JsonArray();
            array.forEach(item -> result.add(value(item)));
            return result;
        }
        if (value instanceof String text) {
            List<Reference.Part> parts = Reference.parse(text);
            return parts.size() == 1 && parts.get(0) instanceof Reference.Found whole
                    ? values.apply(whole.reference())
                    : in(text);
        }
        return value;
    }

    private String written(Reference.Part part) {
        if (part instanceof Reference.Found found) {
            return String.valueOf(values.apply(found.reference()));
        }
        return part instanceof Reference.Literal literal ? literal.text() : ((Reference.Broken) part).text();
    }
}
