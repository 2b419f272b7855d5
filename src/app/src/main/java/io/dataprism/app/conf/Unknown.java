package io.dataprism.app.conf;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** The places, as JSON pointers, of values that can't be checked, since a reference in them leads to nothing here. */
final class Unknown {
    private final Set<String> pointers = new TreeSet<>();

    void add(String pointer) {
        pointers.add(pointer);
    }

    /** Whether the value at {@code pointer}, or one in it, is such a value. */
    boolean holds(String pointer) {
        return pointers.stream().anyMatch(known -> known.equals(pointer) || known.startsWith(pointer + "/"));
    }

    /** {@code json}, which stands at {@code pointer}, without those of its values; items of lists stay. */
    JsonObject leftOut(String pointer, JsonObject json) {
        JsonObject known = new JsonObject();
        json.forEach(entry -> {
            String at = pointer + ConfDocuments.step(entry.getKey());
            if (!pointers.contains(at)) {
                known.put(
                        entry.getKey(),
                        entry.getValue() instanceof JsonObject object ? leftOut(at, object) : entry.getValue());
            }
        });
        return known;
    }

    /** Whether {@code message} speaks of such a value below {@code pointer}, by its path from there. */
    boolean isMeant(String message, String pointer) {
        return pointers.stream()
                .filter(known -> known.startsWith(pointer + "/"))
                .map(known -> known.substring(pointer.length() + 1))
                .anyMatch(path -> message.contains(
                        "'" + path.replaceAll("/(\\d+)", "[$1]").replace('/', '.') + "'"));
    }
}
