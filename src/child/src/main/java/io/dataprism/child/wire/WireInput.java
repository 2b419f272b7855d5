package io.dataprism.child.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The content of one frame while it is being read; whoever wrote it may have written anything. For one thread. */
public final class WireInput {
    private final ByteBuffer bytes;
    private int values = Wire.MOST_VALUES;

    public WireInput(byte[] content) {
        bytes = ByteBuffer.wrap(content);
    }

    public int u8() throws MalformedFrameException {
        require(1);
        return bytes.get() & 0xff;
    }

    public boolean flag() throws MalformedFrameException {
        int value = u8();
        if (value > 1) {
            throw new MalformedFrameException("a truth of " + value);
        }
        return value == 1;
    }

    public int i32() throws MalformedFrameException {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    public long i64() throws MalformedFrameException {
        require(Long.BYTES);
        return bytes.getLong();
    }

    public double f64() throws MalformedFrameException {
        return Double.longBitsToDouble(i64());
    }

    public String text() throws MalformedFrameException {
        int length = i32();
        require(length);
        String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    /** One that has a value for anybody who reads it: {@code most} characters at most. */
    public String text(int most) throws MalformedFrameException {
        String text = text();
        if (text.length() > most) {
            throw new MalformedFrameException("a text of " + text.length() + " characters where " + most + " are read");
        }
        return text;
    }

    public Optional<String> optionalText() throws MalformedFrameException {
        return flag() ? Optional.of(text()) : Optional.empty();
    }

    public byte[] bytes() throws MalformedFrameException {
        int length = i32();
        require(length);
        byte[] read = new byte[length];
        bytes.get(read);
        return read;
    }

    /** How many of something follow: each takes a byte at least. */
    public int count() throws MalformedFrameException {
        int count = i32();
        require(count);
        return count;
    }

    /** One more value was read. */
    void counted() throws MalformedFrameException {
        if (--values < 0) {
            throw new MalformedFrameException("more than " + Wire.MOST_VALUES + " values in one frame");
        }
    }

    /** Nothing may be left. */
    public void end() throws MalformedFrameException {
        if (bytes.hasRemaining()) {
            throw new MalformedFrameException("a frame with " + bytes.remaining() + " bytes too many");
        }
    }

    private void require(int length) throws MalformedFrameException {
        if (length < 0 || length > bytes.remaining()) {
            throw new MalformedFrameException(
                    "a frame in which " + length + " more bytes should be, and " + bytes.remaining() + " are");
        }
    }
}
