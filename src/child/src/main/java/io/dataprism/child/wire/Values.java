package io.dataprism.child.wire;

import io.dataprism.api.PluginException;
import io.dataprism.api.TableHandle;
import io.dataprism.api.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in binary: a byte that says what follows, and that. What is read consists of the JDK's and Vert.x's own classes alone. {@link #write} calls the
 * objects that it is given.
 */
public final class Values {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int LONG = 4;
    private static final int DOUBLE = 5;
    private static final int FLOAT = 6;
    private static final int SHORT = 7;
    private static final int BYTE = 8;
    private static final int CHARACTER = 9;
    private static final int TEXT = 10;
    private static final int BYTES = 11;
    private static final int OBJECT = 12;
    private static final int ARRAY = 13;
    private static final int DECIMAL = 14;
    private static final int BIG_INTEGER = 15;
    private static final int INSTANT = 16;
    private static final int END = 17;

    private static final int MOST_DIGITS = 10_000;

    private Values() {}

    /**
     * Write {@code value}.
     *
     * @throws PluginException {@code DP-0403}, {@code DP-0405}, {@code DP-0983} for what is no payload, or too deep or large
     */
    public static void write(WireOutput out, @Nullable Object value) {
        write(out, value, 0);
    }

    private static void write(WireOutput out, @Nullable Object value, int depth) {
        if (value == null) {
            out.u8(NULL);
        } else if (value instanceof String text) {
            out.u8(TEXT).text(text);
        } else if (value instanceof Number number) {
            number(out, number);
        } else if (value instanceof Boolean truth) {
            out.u8(truth ? TRUE : FALSE);
        } else if (value instanceof JsonObject object) {
            object(out, object.getMap(), depth);
        } else if (value instanceof Map<?, ?> map) {
            object(out, map, depth);
        } else if (value instanceof JsonArray array) {
            array(out, array.getList(), depth);
        } else if (value instanceof Iterable<?> list) {
            array(out, list, depth);
        } else if (value instanceof Buffer buffer) {
            out.u8(BYTES).bytes(buffer.getBytes());
        } else {
            other(out, value, depth);
        }
    }

    private static void number(WireOutput out, Number value) {
        if (value instanceof Integer number) {
            out.u8(INT).i32(number);
        } else if (value instanceof Long number) {
            out.u8(LONG).i64(number);
        } else if (value instanceof Double number) {
            out.u8(DOUBLE).f64(number);
        } else if (value instanceof Float number) {
            out.u8(FLOAT).i32(Float.floatToRawIntBits(number));
        } else if (value instanceof Short number) {
            out.u8(SHORT).i32(number);
        } else if (value instanceof Byte number) {
            out.u8(BYTE).u8(number);
        } else if (value instanceof BigInteger number) {
            out.u8(BIG_INTEGER).bytes(number.toByteArray());
        } else if (value instanceof BigDecimal number) {
            out.u8(DECIMAL).i32(number.scale()).bytes(number.unscaledValue().toByteArray());
        } else {
            throw unsupported(value);
        }
    }

    private static void object(WireOutput out, Map<?, ?> map, int depth) {
        requireShallow(depth);
        out.u8(OBJECT);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.u8(TEXT).text(String.valueOf(entry.getKey()));
            write(out, entry.getValue(), depth + 1);
        }
        out.u8(END);
    }

    private static void array(WireOutput out, Iterable<?> list, int depth) {
        requireShallow(depth);
        out.u8(ARRAY);
        for (Object item : list) {
            write(out, item, depth + 1);
        }
        out.u8(END);
    }

    private static void other(WireOutput out, Object value, int depth) {
        if (value instanceof byte[] bytes) {
            out.u8(BYTES).bytes(bytes);
        } else if (value instanceof Character character) {
            out.u8(CHARACTER).i32(character);
        } else if (value instanceof Instant instant) {
            out.u8(INSTANT).i64(instant.getEpochSecond()).i32(instant.getNano());
        } else if (value instanceof CharSequence text) {
            out.u8(TEXT).text(text.toString());
        } else if (value instanceof Enum<?> constant) {
            out.u8(TEXT).text(constant.name());
        } else if (value instanceof TableHandle table) {
            write(out, table.toJson(), depth);
        } else if (value instanceof View view) {
            write(out, view.toJson(), depth);
        } else {
            throw unsupported(value);
        }
    }

    private static void requireShallow(int depth) {
        if (depth > Wire.DEEPEST) {
            throw new PluginException(
                    "DP-0405",
                    "A message holds JSON nested deeper than " + Wire.DEEPEST + " levels, or in a circle. Flatten it.");
        }
    }

    private static PluginException unsupported(Object value) {
        return new PluginException(
                "DP-0403",
                "A message holds a " + value.getClass().getName() + ", which is no payload for or from a plugin in a"
                        + " process of its own. Send null, text, a number, a boolean, JsonObject, JsonArray, Buffer, or a"
                        + " table or view handle.");
    }

    /** Read a value. */
    public static @Nullable Object read(WireInput in) throws MalformedFrameException {
        return read(in, in.u8(), 0);
    }

    private static @Nullable Object read(WireInput in, int tag, int depth) throws MalformedFrameException {
        in.counted();
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case INT -> in.i32();
            case LONG -> in.i64();
            case DOUBLE -> in.f64();
            case FLOAT -> Float.intBitsToFloat(in.i32());
            case SHORT -> (short) in.i32();
            case BYTE -> (byte) in.u8();
            case CHARACTER -> (char) in.i32();
            case TEXT -> in.text();
            case BYTES -> Buffer.buffer(in.bytes());
            case OBJECT -> object(in, depth);
            case ARRAY -> array(in, depth);
            case DECIMAL -> decimal(in.i32(), in.bytes());
            case BIG_INTEGER -> integer(in.bytes());
            case INSTANT -> instant(in.i64(), in.i32());
            default -> throw new MalformedFrameException("a value of kind " + tag + ", which there is none of");
        };
    }

    private static JsonObject object(WireInput in, int depth) throws MalformedFrameException {
        requireShallowRead(depth);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int tag = in.u8(); tag != END; tag = in.u8()) {
            if (tag != TEXT) {
                throw new MalformedFrameException("a member without a name");
            }
            members.put(in.text(), read(in, in.u8(), depth + 1));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(WireInput in, int depth) throws MalformedFrameException {
        requireShallowRead(depth);
        List<@Nullable Object> items = new ArrayList<>();
        for (int tag = in.u8(); tag != END; tag = in.u8()) {
            items.add(read(in, tag, depth + 1));
        }
        return new JsonArray(items);
    }

    private static void requireShallowRead(int depth) throws MalformedFrameException {
        if (depth > Wire.DEEPEST) {
            throw new MalformedFrameException("JSON nested deeper than " + Wire.DEEPEST + " levels");
        }
    }

    private static BigInteger integer(byte[] bytes) throws MalformedFrameException {
        if (bytes.length == 0 || bytes.length > MOST_DIGITS) {
            throw new MalformedFrameException("a number of " + bytes.length + " bytes");
        }
        return new BigInteger(bytes);
    }

    private static BigDecimal decimal(int scale, byte[] digits) throws MalformedFrameException {
        if (Math.abs((long) scale) > MOST_DIGITS) {
            throw new MalformedFrameException("a number with a scale of " + scale);
        }
        return new BigDecimal(integer(digits), scale);
    }

    private static Instant instant(long seconds, int nanos) throws MalformedFrameException {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new MalformedFrameException("a moment beyond time");
        }
    }
}
