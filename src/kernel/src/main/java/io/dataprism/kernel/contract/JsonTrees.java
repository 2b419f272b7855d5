package io.dataprism.kernel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages as the schema library reads them, as they would be written out: binary as base64 text, moments as ISO 8601 text. */
final class JsonTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTrees() {}

    /** Empty for what is no JSON, such as a table's batch. */
    static Optional<JsonNode> of(@Nullable Object body) {
        if (body instanceof JsonObject object) {
            return Optional.of(object(object.getMap()));
        }
        if (body instanceof JsonArray array) {
            return Optional.of(array(array.getList()));
        }
        if (body instanceof Map<?, ?> map) {
            return Optional.of(object(map));
        }
        if (body instanceof Iterable<?> items) {
            return Optional.of(array(items));
        }
        return Optional.ofNullable(scalar(body));
    }

    private static ObjectNode object(Map<?, ?> members) {
        ObjectNode node = NODES.objectNode();
        members.forEach(
                (name, value) -> node.set(String.valueOf(name), of(value).orElseGet(NODES::missingNode)));
        return node;
    }

    private static ArrayNode array(Iterable<?> items) {
        ArrayNode node = NODES.arrayNode();
        for (Object item : items) {
            node.add(of(item).orElseGet(NODES::missingNode));
        }
        return node;
    }

    private static @Nullable JsonNode scalar(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof CharSequence || value instanceof Instant || value instanceof Character) {
            return NODES.textNode(value.toString());
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Buffer buffer) {
            return NODES.textNode(Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.getBytes()));
        }
        return value instanceof Number number ? number(number) : null;
    }

    private static JsonNode number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return NODES.numberNode(number.doubleValue());
        }
        if (number instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (number instanceof BigInteger integer) {
            return NODES.numberNode(integer);
        }
        return NODES.numberNode(number.longValue());
    }
}
