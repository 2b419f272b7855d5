package io.dataprism.kernel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a message a schema calls {@code sensitive} or {@code writeOnly}, wherever in the schema: a value is masked when any part that may
 * be about it says so, whether that part applies or not. What can't be looked up is masked whole. Safe to use from any thread.
 */
final class SensitiveFields {
    /** What stands for a value that is not shown. */
    static final String MASK = "(hidden)";

    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> SAME_PLACE = List.of("if", "then", "else", "not");
    private static final List<String> MEMBERS = List.of("additionalProperties", "unevaluatedProperties");
    private static final List<String> ITEMS = List.of("items", "contains", "unevaluatedItems", "additionalItems");

    private final JsonObject root;
    private final boolean any;

    SensitiveFields(JsonObject schema) {
        this.root = schema;
        this.any = says(schema);
    }

    private static boolean says(@Nullable Object part) {
        if (part instanceof JsonObject object) {
            return isSensitive(object) || object.stream().anyMatch(member -> says(member.getValue()));
        }
        return part instanceof JsonArray array && array.stream().anyMatch(SensitiveFields::says);
    }

    private static boolean isSensitive(JsonObject schema) {
        return Boolean.TRUE.equals(schema.getValue("sensitive")) || Boolean.TRUE.equals(schema.getValue("writeOnly"));
    }

    /** {@code body} with its sensitive values masked; itself where there are none. */
    BodyContract.Shown shown(@Nullable Object body) {
        if (!any) {
            return new BodyContract.Shown(body, false);
        }
        Masking masking = new Masking();
        Object masked = masking.mask(body, List.of(root));
        return masking.hidden ? new BodyContract.Shown(masked, true) : new BodyContract.Shown(body, false);
    }

    /** One body on its way through the schema. */
    private final class Masking {
        private boolean hidden;

        private @Nullable Object mask(@Nullable Object value, List<JsonObject> schemas) {
            List<JsonObject> about = expanded(schemas);
            if (about.isEmpty()) {
                return value;
            }
            if (about.stream().anyMatch(SensitiveFields::isSensitive)) {
                hidden = true;
                return MASK;
            }
            if (value instanceof JsonObject object) {
                return members(object.getMap(), about);
            }
            if (value instanceof Map<?, ?> map) {
                return members(map, about);
            }
            if (value instanceof JsonArray array) {
                return items(array.getList(), about);
            }
            return value instanceof List<?> list ? items(list, about) : value;
        }

        private JsonObject members(Map<?, ?> map, List<JsonObject> about) {
            JsonObject masked = new JsonObject();
            map.forEach((name, member) ->
                    masked.put(String.valueOf(name), mask(member, ofMember(about, String.valueOf(name)))));
            return masked;
        }

        private JsonArray items(List<?> list, List<JsonObject> about) {
            List<JsonObject> schemas = ofItems(about);
            JsonArray masked = new JsonArray();
            list.forEach(item -> masked.add(mask(item, schemas)));
            return masked;
        }
    }

    private static List<JsonObject> ofMember(List<JsonObject> about, String name) {
        List<JsonObject> found = new ArrayList<>();
        for (JsonObject schema : about) {
            if (schema.getValue("properties") instanceof JsonObject properties) {
                addIfSchema(found, properties.getValue(name));
            }
            if (schema.getValue("patternProperties") instanceof JsonObject patterns) {
                patterns.forEach(pattern -> addIfSchema(found, pattern.getValue()));
            }
            MEMBERS.forEach(keyword -> addIfSchema(found, schema.getValue(keyword)));
        }
        return found;
    }

    private static List<JsonObject> ofItems(List<JsonObject> about) {
        List<JsonObject> found = new ArrayList<>();
        for (JsonObject schema : about) {
            ITEMS.forEach(keyword -> addIfSchema(found, schema.getValue(keyword)));
            if (schema.getValue("prefixItems") instanceof JsonArray items) {
                items.forEach(item -> addIfSchema(found, item));
            }
        }
        return found;
    }

    private static void addIfSchema(Collection<JsonObject> to, @Nullable Object part) {
        if (part instanceof JsonObject schema) {
            to.add(schema);
        }
    }

    /** {@code schemas} and all that they say about the same place, each once. */
    private List<JsonObject> expanded(List<JsonObject> schemas) {
        // Without a reference nothing leads back to where it came from.
        Set<Object> followed = new HashSet<>();
        List<JsonObject> all = new ArrayList<>();
        Deque<JsonObject> open = new ArrayDeque<>(schemas);
        while (!open.isEmpty()) {
            JsonObject schema = open.remove();
            all.add(schema);
            SAME_PLACE.forEach(keyword -> addIfSchema(open, schema.getValue(keyword)));
            LISTS.forEach(keyword -> addEach(open, schema.getValue(keyword)));
            if (schema.getValue("dependentSchemas") instanceof JsonObject dependent) {
                dependent.forEach(one -> addIfSchema(open, one.getValue()));
            }
            Object ref = schema.getValue("$ref") == null ? schema.getValue("$dynamicRef") : schema.getValue("$ref");
            if (ref != null && followed.add(ref)) {
                open.add(referred(String.valueOf(ref)));
            }
        }
        return all;
    }

    private static void addEach(Deque<JsonObject> open, @Nullable Object parts) {
        if (parts instanceof JsonArray array) {
            array.forEach(part -> addIfSchema(open, part));
        }
    }

    private JsonObject referred(String ref) {
        Object found = ref.equals("#") ? root : ref.startsWith("#/") ? at(ref) : null;
        if (found instanceof Boolean) {
            return new JsonObject();
        }
        return found instanceof JsonObject schema ? schema : new JsonObject().put("sensitive", true);
    }

    private @Nullable Object at(String ref) {
        Object part = root;
        for (String step : ref.substring(2).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (part instanceof JsonObject object) {
                part = object.getValue(name);
            } else if (part instanceof JsonArray array && name.matches("[0-9]{1,6}")) {
                int index = Integer.parseInt(name);
                part = index < array.size() ? array.getValue(index) : null;
            } else {
                return null;
            }
        }
        return part;
    }
}
