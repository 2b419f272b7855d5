package io.dataprism.sandbox.kept;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What guarding made of one class. Immutable. */
final class Verdict {
    private final int size;
    private final int checksum;
    private final byte @Nullable [] guarded;
    private final int from;
    private final int length;

    /**
     * One as it is kept.
     *
     * @param size of the class file that it was made of
     * @param checksum of that: within one artifact a class is found in one place, so this tells damage, not intent
     * @param guarded holds the bytes to define; null where the class stays as it is
     * @param from where in it they begin
     * @param length how many they are
     */
    Verdict(int size, int checksum, byte @Nullable [] guarded, int from, int length) {
        this.size = size;
        this.checksum = checksum;
        this.guarded = guarded;
        this.from = from;
        this.length = length;
    }

    /** Of {@code bytes}, which guarding turned into {@code guarded}, or left as they are. */
    static Verdict of(byte[] bytes, byte[] guarded) {
        return Arrays.equals(bytes, guarded)
                ? new Verdict(bytes.length, checksum(bytes), null, 0, 0)
                : new Verdict(bytes.length, checksum(bytes), guarded, 0, guarded.length);
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** What to define for {@code bytes}; null where this is about others. */
    byte @Nullable [] applied(byte[] bytes) {
        if (bytes.length != size || checksum(bytes) != checksum) {
            return null;
        }
        return guarded == null ? bytes : Arrays.copyOfRange(guarded, from, from + length);
    }

    int size() {
        return size;
    }

    int checksum() {
        return checksum;
    }

    byte @Nullable [] guarded() {
        return guarded;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }
}
