package io.dataprism.kernel.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a schema says for the reader's eyes: {@code x-expected} (what a value must be), {@code examples}, {@code x-code}, {@code
 * x-later} (what is not built yet). */
final class Annotations {
    private final JsonNode root;

    Annotations(JsonNode root) {
        this.root = root;
    }

    /** What is expected at a place of the schema, with an example; empty when the schema doesn't say. */
    Optional<String> expected(String schemaPointer) {
        return text(schemaPointer, "x-expected").map(expected -> expected + example(schemaPointer));
    }

    Optional<String> code(String schemaPointer) {
        return text(schemaPointer, "x-code");
    }

    /** The keys that an object may have. */
    List<String> keys(String schemaPointer) {
        List<String> keys = new ArrayList<>();
        at(schemaPointer).path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The values that an enumeration allows. */
    List<String> values(String schemaPointer) {
        return stream(find(schemaPointer, "enum")).map(JsonNode::asText).toList();
    }

    /** The values that a later version will allow. */
    List<String> later(String schemaPointer) {
        return stream(find(schemaPointer, "x-later")).map(JsonNode::asText).toList();
    }

    /** Whether a text is as the schema's pattern says, if it has one. */
    boolean matches(String schemaPointer, String text) {
        JsonNode pattern = find(schemaPointer, "pattern");
        return !pattern.isTextual()
                || Pattern.compile(pattern.asText()).matcher(text).find();
    }

    /** Whether values are never shown. */
    boolean secret(String schemaPointer) {
        return find(schemaPointer, "writeOnly").asBoolean(false)
                || find(schemaPointer, "sensitive").asBoolean(false);
    }

    private String example(String schemaPointer) {
        String examples = stream(find(schemaPointer, "examples"))
                .map(node -> node.isTextual() ? "'" + node.asText() + "'" : node.toString())
                .collect(Collectors.joining(" or "));
        return examples.isEmpty() ? "" : ", such as " + examples;
    }

    private Optional<String> text(String schemaPointer, String keyword) {
        JsonNode node = find(schemaPointer, keyword);
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** The keyword at this place, or at the place that its {@code $ref} names. */
    private JsonNode find(String schemaPointer, String keyword) {
        JsonNode node = at(schemaPointer);
        if (node.has(keyword)) {
            return node.path(keyword);
        }
        String ref = node.path("$ref").asText("");
        return ref.startsWith("#/") ? at(ref.substring(1)).path(keyword) : node.path(keyword);
    }

    private JsonNode at(String schemaPointer) {
        return root.at(JsonPointer.compile(schemaPointer));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }
}
