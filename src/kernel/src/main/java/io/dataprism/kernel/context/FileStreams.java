package io.dataprism.kernel.context;

import io.dataprism.api.ByteReader;
import io.dataprism.api.ByteWriter;
import io.dataprism.api.FileAccess;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Files as streams of one plugin, read and written on its blocking lane, for as long as it may. */
final class FileStreams {
    private static final int PART = 64 * 1024;

    private final FileWork work;
    private final FileReach reach;
    private final OpenFiles open;

    FileStreams(FileWork work, FileReach reach, OpenFiles open) {
        this.work = work;
        this.reach = reach;
        this.open = open;
    }

    /** @param path as the plugin named it */
    ByteReader reader(String path, Path place, FileChannel channel) throws IOException {
        return new Reader(path, opened(place, FileAccess.READ, channel), channel);
    }

    ByteWriter writer(String path, Path place, NewFile file) throws IOException {
        return new Writer(path, opened(place, FileAccess.WRITE, file), file);
    }

    private OpenFile opened(Path place, FileAccess access, Closeable file) throws IOException {
        OpenFile one = new OpenFile(reach, place, access, file);
        open.add(one);
        return one;
    }

    /** What fails since it was closed under its hands says why it was. */
    private <T> Future<T> use(String path, OpenFile file, Callable<@Nullable T> use) {
        return work.run(path, () -> {
            file.requireAllowed();
            try {
                T result = use.call();
                file.requireAllowed();
                return result;
            } catch (IOException e) {
                file.requireAllowed();
                throw e;
            }
        });
    }

    private final class Reader implements ByteReader {
        private final String path;
        private final OpenFile file;
        private final FileChannel channel;

        Reader(String path, OpenFile file, FileChannel channel) {
            this.path = path;
            this.file = file;
            this.channel = channel;
        }

        @Override
        public Future<Optional<Buffer>> next() {
            return use(path, file, this::read);
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
            open.remove(file);
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
        private final OpenFile opened;
        private final NewFile file;

        Writer(String path, OpenFile opened, NewFile file) {
            this.path = path;
            this.opened = opened;
            this.file = file;
        }

        @Override
        public Future<Void> write(Buffer bytes) {
            byte[] copy = bytes.getBytes();
            return FileStreams.this.<Void>use(path, opened, () -> {
                file.write(copy);
                return null;
            });
        }

        @Override
        public Future<Void> commit() {
            return work.<Void>run(path, () -> {
                opened.requireAllowed();
                try {
                    file.commit();
                } catch (IOException e) {
                    opened.requireAllowed();
                    throw e;
                }
                open.remove(opened);
                return null;
            });
        }

        @Override
        public Future<Void> discard() {
            return work.<Void>run(path, () -> {
                open.remove(opened);
                file.close();
                return null;
            });
        }
    }
}
