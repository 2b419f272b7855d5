package io.dataprism.kernel.context;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is written beside its place, and put there wholly or not at all. Blocks. */
final class NewFile implements Closeable {
    private final Path place;
    private final Path part;
    private final FileChannel channel;
    private boolean over;

    NewFile(Path place) throws IOException {
        this.place = place;
        this.part = place.resolveSibling("." + UUID.randomUUID() + ".part");
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    synchronized void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    synchronized void commit() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        over = true;
    }

    /** Without {@link #commit}, nothing is left of it. */
    @Override
    public synchronized void close() throws IOException {
        channel.close();
        if (!over) {
            over = true;
            Files.deleteIfExists(part);
        }
    }
}
