package io.dataprism.files.detect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file and its compression.
 *
 * @param compression {@code none} or {@code gzip}, by the magic number
 */
record Source(Path file, String compression) {
    private static final int[] GZIP = {0x1f, 0x8b};
    private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};

    static Source of(Path file) throws IOException {
        byte[] head = head(file);
        if (head.length == 0) {
            throw FileProblem.EMPTY.failure(file + " is empty (0 bytes). Check whether it was written to the end.");
        }
        if (startsWith(head, ZSTD)) {
            throw FileProblem.UNKNOWN_FORMAT.failure(
                    file + " is compressed by zstd; none and gzip are read. Unpack it first.");
        }
        return new Source(file, startsWith(head, GZIP) ? "gzip" : "none");
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        }
    }

    private static boolean startsWith(byte[] bytes, int[] magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The content, unpacked. */
    InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return compression.equals("gzip") ? new GZIPInputStream(in, 1 << 16) : new BufferedInputStream(in, 1 << 16);
    }
}
