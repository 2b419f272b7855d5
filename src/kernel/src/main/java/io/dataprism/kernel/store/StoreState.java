package io.dataprism.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What all records of a copy together must come to. A checksum on each record does not show that one is missing, or that an older state came back; this
 * does. It changes with each batch by what the batch changes alone.
 *
 * @param format the version of how everything in the copy is written
 * @param sequence how many batches were written
 * @param count how many records there are
 * @param digest the sum of the records' hashes
 */
record StoreState(int format, long sequence, long count, long digest) {
    /** The version that this kernel writes. */
    static final int FORMAT = 1;

    /** Of a store into which nothing was written yet. */
    static final StoreState EMPTY = new StoreState(FORMAT, 0, 0, 0);

    private static final int LENGTH = Integer.BYTES + 3 * Long.BYTES;

    /** The same records, one batch later. */
    StoreState next() {
        return new StoreState(format, sequence + 1, count, digest);
    }

    StoreState with(String name, byte[] bytes) {
        return new StoreState(format, sequence, count + 1, digest + hash(name, bytes));
    }

    StoreState without(String name, byte[] bytes) {
        return new StoreState(format, sequence, count - 1, digest - hash(name, bytes));
    }

    private static long hash(String name, byte[] bytes) {
        MessageDigest sha = sha256();
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        return ByteBuffer.wrap(sha.digest(bytes)).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .putInt(format)
                .putLong(sequence)
                .putLong(count)
                .putLong(digest)
                .array();
    }

    static StoreState of(byte[] bytes) throws DamagedCopyException {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (bytes.length < Integer.BYTES) {
            throw new DamagedCopyException("it does not say in which format it is");
        }
        int format = from.getInt();
        if (format != FORMAT) {
            return new StoreState(format, 0, 0, 0);
        }
        if (bytes.length != LENGTH) {
            throw new DamagedCopyException("what its records come to is " + bytes.length + " bytes, not " + LENGTH);
        }
        return new StoreState(format, from.getLong(), from.getLong(), from.getLong());
    }

    /** Fails unless {@code found} is what the records are that this state was written with. */
    void require(StoreState found) throws DamagedCopyException {
        if (found.count != count || found.digest != digest) {
            throw new DamagedCopyException(
                    found.count == count
                            ? "its " + count + " records are not those that were written"
                            : "it holds " + found.count + " records, but " + count + " were written");
        }
    }
}
