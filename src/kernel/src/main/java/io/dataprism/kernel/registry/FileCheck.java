package io.dataprism.kernel.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A file's size and checksum: tells damage, and not who changed a file so that nobody sees it. Each JVM has machine instructions for it from its first
 * second on, unlike for a hash, which its best compiler alone makes fast.
 */
record FileCheck(long size, long checksum) {
    private static final int BUFFER = 1 << 18;

    /** As a stored jar's record has it: CRC-32C. Blocks. */
    static FileCheck of(Path file) throws IOException {
        return of(file, new CRC32C());
    }

    /** As a zip file's directory has it: CRC-32. Blocks. */
    static FileCheck asInZip(Path file) throws IOException {
        return of(file, new CRC32());
    }

    private static FileCheck of(Path file, Checksum checksum) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        long size = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer)) {
                size += read;
                checksum.update(buffer.flip());
                buffer.clear();
            }
        }
        return new FileCheck(size, checksum.getValue());
    }

    // What the JVM makes for a record at its first use takes long, and this is a node's start.
    boolean isSame(FileCheck other) {
        return size == other.size && checksum == other.checksum;
    }

    @Override
    public String toString() {
        return size + " bytes with the checksum " + Long.toHexString(checksum);
    }
}
