package io.dataprism.child.wire;

import io.dataprism.api.PluginException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One frame while it is being written. For one thread. */
public final class WireOutput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SMALL = 128;
    /** Of the objects around the bytes. */
    private static final int OVERHEAD = 80;

    private byte[] bytes = new byte[SMALL];
    private int length = Wire.HEAD;

    /** Fill in the head. */
    @SuppressWarnings("EnumOrdinal") // the order is the wire's
    public WireOutput as(Kind kind, Op op, long number) {
        INT.set(bytes, 0, length - Wire.LENGTH_BYTES);
        bytes[Wire.LENGTH_BYTES] = Wire.VERSION;
        bytes[Wire.LENGTH_BYTES + 1] = (byte) kind.ordinal();
        bytes[Wire.LENGTH_BYTES + 2] = (byte) op.ordinal();
        LONG.set(bytes, Wire.LENGTH_BYTES + 3, number);
        return this;
    }

    /** The whole frame, in the first {@link #length} bytes. */
    byte[] bytes() {
        return bytes;
    }

    /** What was written, without the head. */
    public byte[] content() {
        return Arrays.copyOfRange(bytes, Wire.HEAD, length);
    }

    /** Of the frame so far. */
    public int length() {
        return length;
    }

    /** Bytes that it takes of the heap while it waits to be written; not to be called while it is being written to. */
    int weight() {
        return OVERHEAD + bytes.length;
    }

    /** Take back all that was written. */
    public void reset() {
        length = Wire.HEAD;
    }

    public WireOutput u8(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
        return this;
    }

    public WireOutput flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    public WireOutput i32(int value) {
        int at = room(Integer.BYTES);
        INT.set(bytes, at, value);
        return this;
    }

    public WireOutput i64(long value) {
        int at = room(Long.BYTES);
        LONG.set(bytes, at, value);
        return this;
    }

    public WireOutput f64(double value) {
        return i64(Double.doubleToRawLongBits(value));
    }

    public WireOutput text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public WireOutput text(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::text);
        return this;
    }

    public WireOutput bytes(byte[] value) {
        i32(value.length);
        int at = room(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    private int room(int more) {
        int at = length;
        if (more > Wire.MOST_BYTES - at) {
            throw new PluginException(
                    "DP-0983",
                    "A message to or from a plugin in a process of its own takes more than " + (Wire.MOST_BYTES >> 20)
                            + " MiB. Send it in parts or as a stream, or put the data into a table and send the table's"
                            + " handle.");
        }
        if (at + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(at + more, Math.min(bytes.length * 2, Wire.MOST_BYTES)));
        }
        length = at + more;
        return at;
    }
}
