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
    private final WriteQuota quota;
    private final WriteQuota.Share share;
    private final FileChannel channel;
    private boolean over;

    /** @param place where it is to be: absolute, without links */
    NewFile(Path place, WriteQuota quota) throws IOException {
        this.name = place.getFileName();
        this.part = name.resolveSibling("." + UUID.randomUUID() + ".part");
        this.quota = quota;
        this.folder = HeldFolder.of(place.resolveSibling(""));
        this.channel = begin();
        this.share = quota.share(part.toString());
    }

    private FileChannel begin() throws IOException {
        try {
            return folder.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** @throws io.dataprism.api.PluginException {@code DP-0960} where the plugin may not write so much: then nothing is */
    synchronized void write(byte[] bytes) throws IOException {
        if (channel.isOpen()) {
            share.take(bytes.length);
        }
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    synchronized void commit() throws IOException {
        channel.force(true);
        channel.close();
        quota.names.lock();
        try {
            long replaced = quota.bytes(name.toString(), folder.find(name));
            folder.rename(part, name);
            over = true;
            share.keep(replaced);
        } finally {
            quota.names.unlock();
        }
        folder.close();
    }

    /** Without {@link #commit}, nothing is left of it. What is being written meanwhile fails. */
    @Override
    public void close() throws IOException {
        // Not under the lock: whoever writes has it.
        channel.close();
        remove();
    }

    private synchronized void remove() throws IOException {
        if (!over) {
            over = true;
            quota.names.lock();
            try (folder) {
                folder.delete(part);
            } finally {
                share.giveUp();
                quota.names.unlock();
            }
        }
    }
}
