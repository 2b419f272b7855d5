package io.dataprism.kernel.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.NearNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Words for what was found and what was expected. */
final class Found {
    private Found() {}

    static String describe(JsonNode value, Optional<String> written) {
        return switch (value.getNodeType()) {
            // Where a reference was written, what it stands for may be a secret
            case STRING -> "'" + PluginException.excerpt(written.orElseGet(value::asText)) + "'";
            case NUMBER -> "the number " + PluginException.excerpt(written.orElseGet(value::toString));
            case BOOLEAN -> "the truth value " + value;
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            default -> "empty";
        };
    }

    /** Text was expected, and a number or truth value was written, perhaps only for want of quotes. */
    static boolean needsQuotes(Error error, JsonNode value) {
        return "type".equals(error.getKeyword())
                && (value.isNumber() || value.isBoolean())
                && error.getSchemaNode().asText("").equals("string");
    }

    static String expectedOneOf(String found, JsonNode value, List<String> values) {
        String expected = found + ": expected " + oneOf(values) + ".";
        return NearNames.nearest(value.asText(""), values)
                .map(near -> expected + " Did you mean '" + near + "'?")
                .orElse(expected);
    }

    static String oneOf(List<String> values) {
        int last = values.size() - 1;
        return last < 1
                ? String.join("", values)
                : String.join(", ", values.subList(0, last)) + " or " + values.get(last);
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** What was expected, where the schema has no words for it. */
    static String expected(Error error) {
        String rule = String.valueOf(error.getSchemaNode());
        return switch (String.valueOf(error.getKeyword())) {
            case "type" -> type(error.getSchemaNode());
            case "pattern" -> "text that matches " + bare(rule);
            case "minimum" -> "at least " + rule;
            case "maximum" -> "at most " + rule;
            case "exclusiveMinimum" -> "more than " + rule;
            case "exclusiveMaximum" -> "less than " + rule;
            case "minLength" -> "at least " + rule + " characters";
            case "maxLength" -> "at most " + rule + " characters";
            case "minItems" -> "at least " + rule + " items";
            case "maxItems" -> "at most " + rule + " items";
            case "uniqueItems" -> "every item once";
            case "const" -> bare(rule);
            default -> "a value that " + String.valueOf(error.getMessage()).replaceFirst("^must be ", "is ");
        };
    }

    private static String type(JsonNode type) {
        if (type.isArray()) {
            return oneOf(StreamSupport.stream(type.spliterator(), false)
                    .map(Found::type)
                    .toList());
        }
        return switch (type.asText("")) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping";
            default -> "the type " + type.asText("");
        };
    }

    private static String bare(String json) {
        return json.startsWith("\"") ? json.substring(1, json.length() - 1).replace("\\\\", "\\") : json;
    }
}
