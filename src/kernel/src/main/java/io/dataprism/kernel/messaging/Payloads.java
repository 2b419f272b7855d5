package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableHandle;
import io.dataprism.api.View;
import io.dataprism.kernel.vertx.SharedBuffers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a sender hands over into something that the kernel owns, and gives receivers theirs. {@link #take} calls the sender's
 * objects, so it runs on the sender's own thread; what it returns consists of the JDK's and Vert.x's final and plain classes alone.
 */
final class Payloads {
    private static final int DEEPEST = 128;

    private Payloads() {}

    /** Whether {@code type} can't change and can't be extended. Asked for each value of each message: comparisons beat a set by far. */
    private static boolean isConstant(Class<?> type) {
        return type == String.class
                || type == Integer.class
                || type == Double.class
                || type == Boolean.class
                || type == Long.class
                || type == BigDecimal.class
                || type == BigInteger.class
                || type == Float.class
                || type == Short.class
                || type == Byte.class
                || type == Character.class
                || type == TableBatch.class;
    }

    /**
     * The same, frozen: by reference where it can't change already, else one copy, however many receivers there are.
     *
     * @throws PluginException {@code DP-0403}, {@code DP-0404}, {@code DP-0405} or {@code DP-0413} for anything that is no payload
     */
    static @Nullable Object take(@Nullable Object value) {
        if (value == null || isConstant(value.getClass())) {
            Weights.sum(0, Weights.of(value));
            return value;
        }
        if (SharedBuffers.isPlain(value)) {
            return SharedBuffers.sharePlain(value);
        }
        if (value instanceof JsonObject object) {
            return frozen(object.getMap(), 0);
        }
        if (value instanceof JsonArray array) {
            return frozen(array.getList(), 0);
        }
        if (value instanceof Buffer buffer) {
            return SharedBuffers.share(buffer);
        }
        if (value instanceof TableHandle table) {
            return frozen(table.toJson().getMap(), 0);
        }
        if (value instanceof View view) {
            return frozen(view.toJson().getMap(), 0);
        }
        throw unsupported(value);
    }

    /**
     * What a receiver gets for what {@link #take} returned: nothing that it could change reaches anybody else. JSON's thin outer object can be
     * read into anew, so that each receiver has its own.
     */
    static @Nullable Object give(@Nullable Object owned) {
        if (owned == null || isConstant(owned.getClass())) {
            return owned;
        }
        if (owned instanceof FrozenMap map) {
            return new JsonObject(map);
        }
        if (owned instanceof SharedRecord shared) {
            return shared.value();
        }
        return owned instanceof FrozenList list ? new JsonArray(list) : member(owned);
    }

    /** What {@link #take} returned, as somebody gets it who may change it: nobody else sees that. Of a buffer the bytes stay as they are, and can't be written to. */
    static @Nullable Object thaw(@Nullable Object owned) {
        if (owned == null || isConstant(owned.getClass())) {
            return owned;
        }
        if (owned instanceof FrozenMap map) {
            return new JsonObject(map.thaw());
        }
        if (owned instanceof FrozenList list) {
            return new JsonArray(list.thaw());
        }
        return member(owned);
    }

    /** What its sender keeps of a payload that it sends often. */
    static JsonObject freeze(JsonObject payload) {
        return new JsonObject(frozen(payload.getMap(), 0));
    }

    static JsonArray freeze(JsonArray payload) {
        return new JsonArray(frozen(payload.getList(), 0));
    }

    static Buffer freeze(Buffer payload) {
        return SharedBuffers.view(SharedBuffers.share(payload));
    }

    /** A member of shared JSON as it is read: a buffer as one of the reader's own. */
    static @Nullable Object member(@Nullable Object held) {
        return held != null && SharedBuffers.isShared(held) ? SharedBuffers.view(held) : held;
    }

    /** Whether {@code owned} holds other values. */
    static boolean isNested(@Nullable Object owned) {
        return owned instanceof FrozenMap || owned instanceof FrozenList;
    }

    /** How many levels of JSON {@code owned} has. */
    static int height(@Nullable Object owned) {
        if (owned instanceof FrozenMap map) {
            return map.height();
        }
        return owned instanceof FrozenList list ? list.height() : 0;
    }

    private static FrozenMap frozen(Map<?, ?> map, int depth) {
        if (map instanceof FrozenMap already) {
            requireShallow(depth + already.height());
            return already;
        }
        FrozenMap.Builder members = new FrozenMap.Builder(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            members.put(String.valueOf(entry.getKey()), taken(entry.getValue(), depth + 1));
        }
        return members.build();
    }

    private static FrozenList frozen(Iterable<?> list, int depth) {
        if (list instanceof FrozenList already) {
            requireShallow(depth + already.height());
            return already;
        }
        List<@Nullable Object> items = new ArrayList<>();
        long weight = 0;
        for (Object item : list) {
            Object owned = taken(item, depth + 1);
            weight = Weights.sum(weight, Weights.of(owned));
            items.add(owned);
        }
        return new FrozenList(items.toArray());
    }

    private static @Nullable Object taken(@Nullable Object value, int depth) {
        if (value == null || isConstant(value.getClass())) {
            return refuseBatch(value);
        }
        requireShallow(depth);
        if (value instanceof JsonObject object) {
            return frozen(object.getMap(), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return frozen(map, depth);
        }
        if (value instanceof Iterable<?> list) {
            return frozen(list, depth);
        }
        if (value instanceof Buffer buffer) {
            return SharedBuffers.share(buffer);
        }
        return scalar(value);
    }

    private static void requireShallow(int depth) {
        if (depth > DEEPEST) {
            throw new PluginException(
                    "DP-0405",
                    "A message holds JSON nested deeper than " + DEEPEST + " levels, or in a circle. Flatten it.");
        }
    }

    private static Object scalar(Object value) {
        if (value instanceof byte[] bytes) {
            return SharedBuffers.share(bytes);
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
            return frozen(table.toJson().getMap(), 0);
        }
        if (value instanceof View view) {
            return frozen(view.toJson().getMap(), 0);
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
                        + " a boolean, JsonObject, JsonArray, Buffer, a table or view handle, a TableBatch, or by itself a record whose"
                        + " type the plugin registered: context.records().register(…).");
    }
}
