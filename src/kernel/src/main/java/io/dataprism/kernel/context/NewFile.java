package io.dataprism.kernel.context;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is written beside its place, and put there wholly or not at all. Blocks. */
final class NewFile implements Closeable {
    private final HeldFolder folder;
    private final Path name;
    private final Path part;
    private final FileChannel channel;
    private boolean over;

    /** @param place where it is to be: absolute, without links */
    NewFile(Path place) throws IOException {
        this.name = place.getFileName();
        this.part = name.resolveSibling("." + UUID.randomUUID() + ".part");
        this.folder = HeldFolder.of(place.resolveSibling(""));
        this.channel = begin();
    }

    private FileChannel begin() throws IOException {
        try {
            return folder.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
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
        folder.rename(part, name);
        over = true;
        folder.close();
    }

    /** Without {@link #commit}, nothing is left of it. */
    @Override
    public synchronized void close() throws IOException {
        channel.close();
        if (!over) {
            over = true;
            try (folder) {
                folder.delete(part);
            }
        }
    }
}
