package io.dataprism.sandbox.kept;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file of verdicts, which can be looked up in without being unpacked: a head with the format's name and the key; an index in the order
 * of the names' hash codes, of entries of one size; the names and the guarded classes; a checksum of all that. Immutable.
 */
final class KeptFile {
    static final KeptFile EMPTY = new KeptFile(new byte[0], 0);

    private static final byte[] FORMAT = "dataprism guarded classes 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;
    private static final int HEAD = FORMAT.length + KEY + Integer.BYTES;
    private static final int CHECKSUM = Integer.BYTES;

    /** Hash code, where the name is, its length, size and checksum of what was guarded, where the guarded class is, its length or -1. */
    private static final int ENTRY = 7 * Integer.BYTES;

    private final byte[] file;
    private final ByteBuffer numbers;
    private final int count;

    private KeptFile(byte[] file, int count) {
        this.file = file;
        this.numbers = ByteBuffer.wrap(file);
        this.count = count;
    }

    /** Read one; empty where it is not whole, or not of {@code key}. */
    static Optional<KeptFile> of(byte[] file, byte[] key) {
        int end = file.length - CHECKSUM;
        if (end < HEAD
                || !Arrays.equals(file, 0, FORMAT.length, FORMAT, 0, FORMAT.length)
                || !Arrays.equals(file, FORMAT.length, FORMAT.length + KEY, key, 0, KEY)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int count = bytes.getInt(HEAD - Integer.BYTES);
        boolean whole = bytes.getInt(end) == checksum(file, end) && count >= 0 && count <= (end - HEAD) / ENTRY;
        return whole ? Optional.of(new KeptFile(file, count)) : Optional.empty();
    }

    private static int checksum(byte[] file, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(file, 0, end);
        return (int) checksum.getValue();
    }

    /** The verdict on a class, or null. */
    @Nullable
    Verdict of(String className) {
        int hash = className.hashCode();
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hashOf(middle) < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low; i < count && hashOf(i) == hash; i++) {
            if (name(i).equals(className)) {
                return verdict(i);
            }
        }
        return null;
    }

    private int hashOf(int number) {
        return field(number, 0);
    }

    private int field(int number, int field) {
        return numbers.getInt(HEAD + number * ENTRY + field * Integer.BYTES);
    }

    private String name(int number) {
        return new String(file, field(number, 1), field(number, 2), StandardCharsets.UTF_8);
    }

    private Verdict verdict(int number) {
        int length = field(number, 6);
        return length < 0
                ? new Verdict(field(number, 3), field(number, 4), null, 0, 0)
                : new Verdict(field(number, 3), field(number, 4), file, field(number, 5), length);
    }

    int count() {
        return count;
    }

    /** All verdicts by the classes' names. */
    Map<String, Verdict> all() {
        Map<String, Verdict> all = new HashMap<>();
        for (int i = 0; i < count; i++) {
            all.put(name(i), verdict(i));
        }
        return all;
    }

    /** The bytes of a file of these. */
    static byte[] write(byte[] key, Map<String, Verdict> verdicts) {
        List<Map.Entry<String, Verdict>> sorted = verdicts.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getKey().hashCode()))
                .toList();
        ByteBuffer index = ByteBuffer.allocate(HEAD + sorted.size() * ENTRY);
        index.put(FORMAT).put(key).putInt(sorted.size());
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (Map.Entry<String, Verdict> entry : sorted) {
            byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
            Verdict verdict = entry.getValue();
            index.putInt(entry.getKey().hashCode())
                    .putInt(index.capacity() + rest.size())
                    .putInt(name.length);
            rest.writeBytes(name);
            index.putInt(verdict.size()).putInt(verdict.checksum()).putInt(index.capacity() + rest.size());
            byte[] guarded = verdict.guarded();
            index.putInt(guarded == null ? -1 : verdict.length());
            if (guarded != null) {
                rest.write(guarded, verdict.from(), verdict.length());
            }
        }
        byte[] file = Arrays.copyOf(index.array(), index.capacity() + rest.size() + CHECKSUM);
        System.arraycopy(rest.toByteArray(), 0, file, index.capacity(), rest.size());
        int end = file.length - CHECKSUM;
        ByteBuffer.wrap(file).putInt(end, checksum(file, end));
        return file;
    }
}
