package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableHandle;
import io.dataprism.api.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a sender hands over into something that the kernel owns, and gives receivers theirs. {@link #take} calls the sender's
 * objects, so it runs on the sender's own thread; what it returns consists of the JDK's and Vert.x's final and plain classes alone.
 */
final class Payloads {
    private static final int DEEPEST = 128;
    /** Classes that can't change and can't be extended. */
    private static final Set<Class<?>> CONSTANT = Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            Float.class,
            Short.class,
            Byte.class,
            Character.class,
            BigDecimal.class,
            BigInteger.class,
            TableBatch.class);

    private Payloads() {}

    /**
     * A copy that the kernel owns.
     *
     * @throws PluginException {@code DP-0403}, {@code DP-0404} or {@code DP-0405} for anything that is no payload
     */
    static @Nullable Object take(@Nullable Object value) {
        if (value == null || CONSTANT.contains(value.getClass())) {
            return value;
        }
        if (value instanceof JsonObject object) {
            return new JsonObject(copy(object.getMap(), 0));
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(copy(array.getList(), 0));
        }
        if (value instanceof Buffer buffer) {
            return Buffer.buffer(buffer.getBytes());
        }
        if (value instanceof TableHandle table) {
            return table.toJson();
        }
        if (value instanceof View view) {
            return view.toJson();
        }
        throw unsupported(value);
    }

    /** The receiver's own: {@code owned} itself where it can't change, else a copy. */
    static @Nullable Object copyOf(@Nullable Object owned) {
        if (owned instanceof JsonObject object) {
            return new JsonObject(copy(object.getMap(), 0));
        }
        if (owned instanceof JsonArray array) {
            return new JsonArray(copy(array.getList(), 0));
        }
        return owned instanceof Buffer buffer ? buffer.copy() : owned;
    }

    private static Map<String, Object> copy(Map<?, ?> map, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>(Math.max(8, map.size() * 4 / 3 + 1));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            copy.put(String.valueOf(entry.getKey()), member(entry.getValue(), depth + 1));
        }
        return copy;
    }

    private static List<Object> copy(Iterable<?> list, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object item : list) {
            copy.add(member(item, depth + 1));
        }
        return copy;
    }

    @SuppressWarnings("NullAway") // JSON's null is a null in the map
    private static Object member(@Nullable Object value, int depth) {
        if (value == null || CONSTANT.contains(value.getClass())) {
            return refuseBatch(value);
        }
        if (depth > DEEPEST) {
            throw new PluginException(
                    "DP-0405",
                    "A message holds JSON nested deeper than " + DEEPEST + " levels, or in a circle. Flatten it.");
        }
        if (value instanceof JsonObject object) {
            return copy(object.getMap(), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return copy(map, depth);
        }
        if (value instanceof Iterable<?> list) {
            return copy(list, depth);
        }
        if (value instanceof Buffer buffer) {
            return Buffer.buffer(buffer.getBytes());
        }
        return scalar(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof Instant) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof TableHandle table) {
            return copy(table.toJson().getMap(), 0);
        }
        if (value instanceof View view) {
            return copy(view.toJson().getMap(), 0);
        }
        throw unsupported(value);
    }

    private static @Nullable Object refuseBatch(@Nullable Object value) {
        if (value instanceof TableBatch) {
            throw new PluginException(
                    "DP-0404", "A table batch can't stand inside JSON. Send it by itself, or pass the table's handle.");
        }
        return value;
    }

    private static PluginException unsupported(Object value) {
        return new PluginException(
                "DP-0403",
                "A message holds a " + value.getClass().getName() + ", which is no payload. Send null, text, a number,"
                        + " a boolean, JsonObject, JsonArray, Buffer, a table or view handle, or a TableBatch.");
    }
}
