package io.dataprism.kernel.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.walk.ApplyDefaultsStrategy;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds a document against a JSON Schema and says what is wrong in the words of the schema's own annotations: {@code x-expected} and {@code
 * examples} for what was expected, {@code x-code} for the code.
 */
public final class SchemaCheck {
    /** How long the patterns of a schema that somebody else wrote may match in one check; see {@link BoundedSchema} for its references. */
    private static final Duration MATCHING = Duration.ofMillis(100);

    private final Schema schema;
    private final Annotations annotations;
    private final String id;
    private final Optional<BoundedSchema> bounded;

    private SchemaCheck(JsonNode schema, Optional<BoundedSchema> bounded) {
        this.bounded = bounded;
        this.schema =
                bounded.map(limit -> JsonSchemas.compile(schema, limit)).orElseGet(() -> JsonSchemas.compile(schema));
        this.annotations = new Annotations(schema);
        this.id = schema.path("$id").asText("");
    }

    /** The check of a schema that is known to be in order. */
    static SchemaCheck of(String schema) {
        return new SchemaCheck(JsonSchemas.node(schema), Optional.empty());
    }

    /** The check of a schema that somebody else wrote. */
    static SchemaCheck of(JsonObject schema, BoundedSchema limit) {
        return new SchemaCheck(JsonSchemas.node(schema), Optional.of(limit));
    }

    /** The check of messages by a schema that somebody else wrote: compiled once, used from any thread; its patterns have 100 ms a message, its references a second, and all of
     * it three. */
    public static SchemaCheck reusable(JsonObject schema) {
        return of(schema, new BoundedSchema(MATCHING));
    }

    /** What is wrong with {@code document}, each in a sentence or two that name the place by its path; empty when it is in order. */
    public List<String> breaches(JsonNode document) {
        bounded.ifPresent(BoundedSchema::begin);
        try {
            return violations(document, pointer -> Optional.empty()).stream()
                    .map(Violation::message)
                    .toList();
        } catch (BoundedSchema.TooSlow e) {
            return List.of(PluginException.excerpt(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Everything in {@code meant} that is not as the schema says, each at its line and column of {@code document}.
     *
     * @param meant what the document says
     * @param code for what the schema gives no code of its own
     */
    List<Problem> check(YamlDocument document, JsonObject meant, String code) {
        Problems problems = new Problems(document.file());
        for (Violation violation : violations(meant, document::written)) {
            Place place = violation.unknownKey()
                    ? document.keyPlace(violation.pointer(), violation.key().orElseThrow())
                    : document.place(violation.pointer());
            problems.error(violation.code().orElse(code), place, violation.message());
        }
        return problems.list();
    }

    /** A copy with the schema's defaults where nothing is said. */
    JsonObject withDefaults(JsonObject json) {
        JsonNode node = JsonSchemas.node(json);
        ended(() -> schema.walk(
                context(),
                node,
                false,
                context -> context.walkConfig(walk -> walk.applyDefaultsStrategy(ApplyDefaultsStrategy.builder()
                        .applyPropertyDefaults(true)
                        .build()))));
        return JsonSchemas.json(node);
    }

    private ExecutionContext context() {
        ExecutionContext usual = schema.createExecutionContext();
        return bounded.map(limit -> limit.check(usual.getExecutionConfig())).orElse(usual);
    }

    private static <T> T ended(Supplier<T> check) {
        try {
            return check.get();
        } catch (StackOverflowError e) {
            throw BoundedSchema.TooSlow.references("never ends, or leads too deep", e);
        }
    }

    List<Violation> violations(JsonObject json) {
        return violations(json, pointer -> Optional.empty());
    }

    private List<Violation> violations(JsonObject json, Written written) {
        return violations(JsonSchemas.node(json), written);
    }

    private List<Violation> violations(JsonNode document, Written written) {
        Map<String, Violation> first = new LinkedHashMap<>();
        for (Error error : ended(() -> schema.validate(context(), document, OutputFormat.DEFAULT))) {
            Violation violation = violation(error, written);
            first.merge(violation.subject(), violation, SchemaCheck::better);
        }
        return List.copyOf(first.values());
    }

    /** Of two about one value, the first, unless only the second has a code. */
    private static Violation better(Violation one, Violation other) {
        return one.code().isEmpty() && other.code().isPresent() ? other : one;
    }

    private Violation violation(Error error, Written written) {
        String pointer = error.getInstanceLocation().toString();
        String rule = error.getSchemaLocation().getFragment().toString();
        boolean own = error.getSchemaLocation().getAbsoluteIri() == null
                || error.getSchemaLocation().getAbsoluteIri().toString().equals(id);
        if (!own) {
            return new Violation(pointer, Optional.empty(), false, Optional.of("DP-0222"), foreign(pointer, error));
        }
        String owner = rule.substring(0, Math.max(0, rule.lastIndexOf('/')));
        String key = error.getProperty();
        return switch (String.valueOf(error.getKeyword())) {
            case "additionalProperties", "unevaluatedProperties" ->
                new Violation(
                        pointer,
                        Optional.ofNullable(key),
                        true,
                        Optional.of("DP-0212"),
                        unknownKey(pointer, String.valueOf(key), owner));
            case "required" ->
                new Violation(
                        pointer,
                        Optional.ofNullable(key),
                        false,
                        Optional.of("DP-0213"),
                        missingKey(pointer, String.valueOf(key), owner));
            default ->
                new Violation(
                        pointer,
                        Optional.empty(),
                        false,
                        annotations.code(owner),
                        value(pointer, error, owner, written));
        };
    }

    private String unknownKey(String pointer, String key, String owner) {
        List<String> known = annotations.keys(owner);
        String found = "Unknown key '" + PluginException.excerpt(key) + "'" + in(pointer);
        return NearNames.nearest(key, known)
                .map(near -> found + ". Did you mean '" + near + "'?")
                .orElseGet(() -> found + ": expected " + Found.oneOf(known) + ". Remove it.");
    }

    private String missingKey(String pointer, String key, String owner) {
        String property = Pointers.child(Pointers.child(owner, "properties"), key);
        String expected = annotations
                .expected(property)
                .or(() -> Optional.of(annotations.values(property))
                        .filter(values -> !values.isEmpty())
                        .map(Found::oneOf))
                .map(text -> ": expected " + text)
                .orElse("");
        return "Key '" + key + "' is missing" + in(pointer) + expected + ". Add it.";
    }

    private String value(String pointer, Error error, String owner, Written written) {
        if ("uniqueItems".equals(error.getKeyword())) {
            return named(pointer) + " has an item twice: expected every item once. Remove one of them.";
        }
        JsonNode value = error.getInstanceNode();
        Optional<String> text = written.at(pointer);
        String found =
                named(pointer) + " is " + (annotations.secret(owner) ? "a hidden value" : Found.describe(value, text));
        List<String> values = annotations.values(owner);
        if (annotations.later(owner).contains(value.asText(""))) {
            return found + ", which this version can't do yet: expected " + Found.oneOf(values) + ".";
        }
        if (!values.isEmpty()) {
            return Found.expectedOneOf(found, value, values);
        }
        String advice = Found.needsQuotes(error, value)
                ? text.filter(plain -> annotations.matches(owner, plain))
                        .map(plain -> " Put it in quotes: \"" + plain + "\".")
                        .orElse("")
                : "";
        return found + ": expected " + annotations.expected(owner).orElseGet(() -> Found.expected(error)) + "."
                + advice;
    }

    private static String foreign(String pointer, Error error) {
        String found = named(pointer) + " is " + Found.describe(error.getInstanceNode(), Optional.empty())
                + ", which JSON Schema (2020-12) doesn't allow there";
        return "enum".equals(error.getKeyword())
                ? Found.expectedOneOf(found, error.getInstanceNode(), Found.texts(error.getSchemaNode()))
                : found + ": expected " + Found.expected(error) + ".";
    }

    private static String named(String pointer) {
        return pointer.isEmpty() ? "It" : "'" + Pointers.readable(pointer) + "'";
    }

    private static String in(String pointer) {
        return pointer.isEmpty() ? "" : " in '" + Pointers.readable(pointer) + "'";
    }

    /** What was written for the scalar at a JSON pointer, where that is known. */
    private interface Written {
        Optional<String> at(String pointer);
    }
}
