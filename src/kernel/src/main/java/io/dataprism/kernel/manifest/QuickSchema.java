package io.dataprism.kernel.manifest;

import com.networknt.schema.regex.JDKRegularExpressionFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The keywords of JSON Schema that this program's own schemas use, read from such a schema. It finds most documents that are in order to be so
 * without the library for all of JSON Schema, whose start takes longer than that of the whole kernel. It never says that a document is wrong,
 * and what it does not know for certain (another keyword, a reference elsewhere, a number that is not whole) it does not find in order: then
 * {@link SchemaCheck} decides. Safe to use from any thread.
 */
final class QuickSchema {
    /** What says nothing about whether a value is in order. */
    private static final Set<String> REMARKS =
            Set.of("$schema", "$id", "$defs", "title", "description", "default", "examples");

    private final JsonObject root;
    private final Map<String, Predicate<String>> patterns = new ConcurrentHashMap<>();

    private QuickSchema(JsonObject root) {
        this.root = root;
    }

    static QuickSchema of(String schema) {
        return new QuickSchema(PlainJson.object(schema));
    }

    /** Whether the document is certainly in order. */
    boolean holds(JsonObject document) {
        return holds(root, document);
    }

    private boolean holds(JsonObject schema, Object value) {
        return schema.fieldNames().stream().allMatch(keyword -> holds(schema, keyword, value));
    }

    private boolean holds(JsonObject schema, String keyword, Object value) {
        if (REMARKS.contains(keyword) || keyword.startsWith("x-")) {
            return true;
        }
        Object rule = schema.getValue(keyword);
        return switch (keyword) {
            case "type" -> isOf(rule, value);
            case "const" -> rule instanceof Integer && rule.equals(value);
            case "enum" -> rule instanceof JsonArray values && value instanceof String && values.contains(value);
            case "not" -> rule instanceof JsonObject not && excluded(not, value);
            case "$ref" -> rule instanceof String ref && ref.startsWith("#/$defs/") && refersTo(ref, value);
            default ->
                value instanceof String text
                        ? holdsText(keyword, rule, text)
                        : value instanceof Integer number
                                ? holdsNumber(keyword, rule, number)
                                : holdsCollection(schema, keyword, rule, value);
        };
    }

    private static boolean isOf(Object type, Object value) {
        if (type instanceof JsonArray types) {
            return types.stream().anyMatch(one -> isOf(one, value));
        }
        return switch (String.valueOf(type)) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer;
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            default -> false;
        };
    }

    /** Of what may not be, the enumeration of texts alone is known. */
    private static boolean excluded(JsonObject not, Object value) {
        return not.size() == 1
                && not.getValue("enum") instanceof JsonArray values
                && value instanceof String
                && !values.contains(value);
    }

    private boolean refersTo(String ref, Object value) {
        return root.getValue("$defs") instanceof JsonObject defs
                && defs.getValue(ref.substring("#/$defs/".length())) instanceof JsonObject schema
                && holds(schema, value);
    }

    private boolean holdsText(String keyword, Object rule, String text) {
        return switch (keyword) {
            case "minLength" -> rule instanceof Integer least && text.codePointCount(0, text.length()) >= least;
            case "maxLength" -> rule instanceof Integer most && text.codePointCount(0, text.length()) <= most;
            case "pattern" ->
                rule instanceof String regex
                        && patterns.computeIfAbsent(regex, QuickSchema::pattern).test(text);
            default -> false;
        };
    }

    /** The very patterns of the full check: what is a line's end there is one here. */
    private static Predicate<String> pattern(String regex) {
        return JDKRegularExpressionFactory.getInstance().getRegularExpression(regex)::matches;
    }

    private static boolean holdsNumber(String keyword, Object rule, int number) {
        return switch (keyword) {
            case "minimum" -> rule instanceof Integer least && number >= least;
            case "maximum" -> rule instanceof Integer most && number <= most;
            default -> false;
        };
    }

    private boolean holdsCollection(JsonObject schema, String keyword, Object rule, Object value) {
        if (value instanceof JsonObject object) {
            return holdsObject(schema, keyword, rule, object);
        }
        return value instanceof JsonArray array && holdsArray(keyword, rule, array);
    }

    private boolean holdsObject(JsonObject schema, String keyword, Object rule, JsonObject object) {
        return switch (keyword) {
            case "required" -> rule instanceof JsonArray keys && keys.stream().allMatch(key -> has(object, key));
            case "minProperties" -> rule instanceof Integer least && object.size() >= least;
            case "maxProperties" -> rule instanceof Integer most && object.size() <= most;
            case "propertyNames" ->
                rule instanceof JsonObject names && object.fieldNames().stream().allMatch(key -> holds(names, key));
            case "properties" ->
                rule instanceof JsonObject properties
                        && object.fieldNames().stream()
                                .filter(properties::containsKey)
                                .allMatch(key -> properties.getValue(key) instanceof JsonObject property
                                        && holds(property, object.getValue(key)));
            case "additionalProperties" ->
                object.fieldNames().stream()
                        .filter(key ->
                                !(schema.getValue("properties") instanceof JsonObject own && own.containsKey(key)))
                        .allMatch(key -> rule instanceof JsonObject other && holds(other, object.getValue(key)));
            default -> false;
        };
    }

    private static boolean has(JsonObject object, Object key) {
        return key instanceof String name && object.containsKey(name);
    }

    private boolean holdsArray(String keyword, Object rule, JsonArray array) {
        return switch (keyword) {
            case "minItems" -> rule instanceof Integer least && array.size() >= least;
            case "maxItems" -> rule instanceof Integer most && array.size() <= most;
            case "uniqueItems" ->
                array.stream().allMatch(String.class::isInstance)
                        && array.stream().distinct().count() == array.size();
            case "items" -> rule instanceof JsonObject items && array.stream().allMatch(item -> holds(items, item));
            default -> false;
        };
    }
}
