package io.dataprism.kernel.manifest;

import com.networknt.schema.SchemaException;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What is wrong with a JSON Schema that the schema of schemas doesn't tell: a broken pattern, a reference that leads nowhere. */
final class SchemaDefects {
    private static final Set<String> DATA = Set.of("default", "enum", "const", "examples");

    /** What is said of a schema as a whole. */
    static final String UNUSABLE = "is no usable JSON Schema (2020-12)";

    private final List<Defect> found = new ArrayList<>();

    private SchemaDefects() {}

    /** A defect at a place; the text goes on after the place's name. */
    record Defect(String pointer, String text) {}

    static List<Defect> of(String pointer, JsonObject schema) {
        SchemaDefects defects = new SchemaDefects();
        defects.dialect(pointer, schema);
        defects.walk(pointer, schema);
        if (defects.found.isEmpty() && !schema.isEmpty()) {
            defects.compile(pointer, schema);
        }
        return defects.found;
    }

    private void dialect(String pointer, JsonObject schema) {
        if (schema.getValue("$schema") instanceof String named && !named.equals(JsonSchemas.ID)) {
            add(
                    Pointers.child(pointer, "$schema"),
                    named,
                    ": expected " + JsonSchemas.ID + ". Leave it out, or write that.");
        }
    }

    private void walk(String pointer, Object node) {
        if (node instanceof JsonObject object) {
            for (String key : object.fieldNames()) {
                String at = Pointers.child(pointer, key);
                Object value = object.getValue(key);
                if (value instanceof String text) {
                    text(at, key, text);
                } else if (value != null && !DATA.contains(key)) {
                    walk(at, value);
                }
            }
        } else if (node instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getValue(i) != null) {
                    walk(Pointers.child(pointer, i), array.getValue(i));
                }
            }
        }
    }

    private void text(String at, String key, String text) {
        if (key.equals("$ref") && !text.startsWith("#") && !text.startsWith(JsonSchemas.ID)) {
            add(at, text, ", which is not fetched: expected a reference into the same schema, such as '#/$defs/name'.");
        } else if (key.equals("pattern")) {
            try {
                Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                add(at, text, ", which is no regular expression: " + e.getDescription() + ". Correct it.");
            }
        }
    }

    private void add(String at, String value, String rest) {
        found.add(new Defect(at, "is '" + PluginException.excerpt(value) + "'" + rest));
    }

    private void compile(String pointer, JsonObject schema) {
        try {
            JsonSchemas.compile(JsonSchemas.node(schema));
        } catch (SchemaException | IllegalArgumentException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            found.add(new Defect(pointer, UNUSABLE + ": " + PluginException.excerpt(first) + ". Correct it."));
        }
    }
}
