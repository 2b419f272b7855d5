package io.dataprism.kernel.context;

import io.dataprism.api.ByteReader;
import io.dataprism.api.ByteWriter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;

/** Files as streams of one plugin, read and written on its blocking lane. */
final class FileStreams {
    private static final int PART = 64 * 1024;

    private final FileWork work;
    private final OpenFiles open;

    FileStreams(FileWork work, OpenFiles open) {
        this.work = work;
        this.open = open;
    }

    ByteReader reader(String path, FileChannel channel) throws IOException {
        open.add(channel);
        return new Reader(path, channel);
    }

    ByteWriter writer(String path, NewFile file) throws IOException {
        open.add(file);
        return new Writer(path, file);
    }

    private final class Reader implements ByteReader {
        private final String path;
        private final FileChannel channel;

        Reader(String path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public Future<Optional<Buffer>> next() {
            return work.run(path, this::read);
        }

        private Optional<Buffer> read() throws IOException {
            byte[] bytes = new byte[PART];
            int count = channel.isOpen() ? channel.read(ByteBuffer.wrap(bytes)) : -1;
            if (count < 0) {
                end();
                return Optional.empty();
            }
            return Optional.of(Buffer.buffer(count == PART ? bytes : Arrays.copyOf(bytes, count)));
        }

        private boolean end() throws IOException {
            open.remove(channel);
            channel.close();
            return true;
        }

        @Override
        public Future<Void> close() {
            return work.run(path, this::end).mapEmpty();
        }
    }

    private final class Writer implements ByteWriter {
        private final String path;
        private final NewFile file;

        Writer(String path, NewFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public Future<Void> write(Buffer bytes) {
            byte[] copy = bytes.getBytes();
            return work.<Void>run(path, () -> {
                file.write(copy);
                return null;
            });
        }

        @Override
        public Future<Void> commit() {
            return work.<Void>run(path, () -> {
                file.commit();
                open.remove(file);
                return null;
            });
        }

        @Override
        public Future<Void> discard() {
            return work.<Void>run(path, () -> {
                open.remove(file);
                file.close();
                return null;
            });
        }
    }
}
