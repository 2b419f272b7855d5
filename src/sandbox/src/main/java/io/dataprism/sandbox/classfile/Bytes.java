package io.dataprism.sandbox.classfile;

import java.nio.charset.StandardCharsets;

/** A class file's bytes, read in order or at an offset; never beyond their end. Not safe for several threads at a time. */
final class Bytes {
    private final byte[] bytes;
    private final int end;
    private int at;

    Bytes(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Bytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The next {@code length} bytes, which are passed over here. */
    Bytes part(long length) throws DamagedClassException {
        int from = at;
        skip(length);
        return new Bytes(bytes, from, at);
    }

    /** These bytes from where they begin to be read. */
    Bytes again() {
        return new Bytes(bytes, at, end);
    }

    int position() {
        return at;
    }

    int left() {
        return end - at;
    }

    void skip(long length) throws DamagedClassException {
        if (length < 0 || length > left()) {
            throw new DamagedClassException(
                    "at byte " + at + " it wants " + length + " more bytes, and " + left() + " are left");
        }
        at += (int) length;
    }

    int u1() throws DamagedClassException {
        int from = at;
        skip(1);
        return bytes[from] & 0xFF;
    }

    int u2() throws DamagedClassException {
        int from = at;
        skip(2);
        return ((bytes[from] & 0xFF) << 8) | (bytes[from + 1] & 0xFF);
    }

    int s4() throws DamagedClassException {
        return (u2() << 16) | u2();
    }

    long u4() throws DamagedClassException {
        return s4() & 0xFFFFFFFFL;
    }

    /** The text that stands in modified UTF-8 at {@code from}. */
    String text(int from, int length) throws DamagedClassException {
        int last = from + length;
        int i = from;
        while (i < last && bytes[i] > 0) {
            i++;
        }
        if (i == last) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder(length);
        i = from;
        while (i < last) {
            int first = bytes[i] & 0xFF;
            int more = first < 0x80 ? 0 : first >> 5 == 0b110 ? 1 : first >> 4 == 0b1110 ? 2 : -1;
            if (more < 0 || i + more >= last) {
                throw new DamagedClassException("at byte " + i + " a text is no modified UTF-8");
            }
            text.append((char)
                    switch (more) {
                        case 0 -> first;
                        case 1 -> ((first & 0x1F) << 6) | (bytes[i + 1] & 0x3F);
                        default -> ((first & 0x0F) << 12) | ((bytes[i + 1] & 0x3F) << 6) | (bytes[i + 2] & 0x3F);
                    });
            i += more + 1;
        }
        return text.toString();
    }
}
