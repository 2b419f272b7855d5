package io.dataprism.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A checksum before each record, over its name and its bytes, since the library has none: a byte that turned is found when the record is read. */
final class Seal {
    private static final int LENGTH = Integer.BYTES;

    private Seal() {}

    static byte[] on(String name, byte[] bytes) {
        return ByteBuffer.allocate(LENGTH + bytes.length)
                .putInt(checksum(name, bytes, 0))
                .put(bytes)
                .array();
    }

    /** The bytes under the seal. */
    static byte[] broken(String name, byte[] sealed) throws DamagedCopyException {
        if (sealed.length < LENGTH || ByteBuffer.wrap(sealed).getInt() != checksum(name, sealed, LENGTH)) {
            throw new DamagedCopyException("the checksum of the record '" + name + "' is not that of its bytes");
        }
        byte[] bytes = new byte[sealed.length - LENGTH];
        System.arraycopy(sealed, LENGTH, bytes, 0, bytes.length);
        return bytes;
    }

    private static int checksum(String name, byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }
}
