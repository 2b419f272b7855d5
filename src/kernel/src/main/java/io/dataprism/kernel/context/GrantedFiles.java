package io.dataprism.kernel.context;

import io.dataprism.api.ByteReader;
import io.dataprism.api.ByteWriter;
import io.dataprism.api.FileAccess;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One plugin's files. All work is done on its blocking lane. */
final class GrantedFiles implements PluginFiles {
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int MOST_ENTRIES = 10_000;

    private final PluginRuntime runtime;
    private final FileReach reach;
    private final FileWork work;
    private final OpenFiles open;
    private final FileStreams streams;

    GrantedFiles(PluginRuntime runtime, BlockingWork blocking) {
        this.runtime = runtime;
        this.reach = new FileReach(runtime);
        this.work = new FileWork(blocking, reach);
        this.open = new OpenFiles(runtime.id());
        this.streams = new FileStreams(work, open);
    }

    @Override
    public Future<Optional<Entry>> find(String path) {
        return work.run(path, () -> {
            return found(reach.place(path, FileAccess.READ));
        });
    }

    private static Optional<Entry> found(Path place) throws IOException {
        Path name = place.getFileName();
        if (name == null) {
            return Optional.of(entry(Path.of(""), Files.readAttributes(place, BasicFileAttributes.class)));
        }
        try (HeldFolder folder = HeldFolder.of(place.resolveSibling(""))) {
            return folder.find(name).map(attributes -> entry(name, attributes));
        } catch (NoSuchFileException | NotDirectoryException nowhere) {
            return Optional.empty();
        }
    }

    /** A link is shown as itself: what it leads to may be none of the plugin's business. */
    private static Entry entry(Path name, BasicFileAttributes found) {
        return new Entry(
                name.toString(),
                found.isDirectory(),
                found.isDirectory() ? 0 : found.size(),
                found.lastModifiedTime().toInstant());
    }

    @Override
    public Future<List<Entry>> list(String folder) {
        return work.run(folder, () -> entries(folder));
    }

    private List<Entry> entries(String folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (HeldFolder held = HeldFolder.of(reach.place(folder, FileAccess.READ))) {
            Iterator<Path> names = held.names();
            while (names.hasNext()) {
                Path name = names.next().getFileName();
                if (entries.size() == MOST_ENTRIES) {
                    throw tooMuch(folder, "more than " + MOST_ENTRIES + " entries. Keep them in several folders.");
                }
                held.find(name).ifPresent(attributes -> entries.add(entry(name, attributes)));
            }
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public Future<Buffer> read(String path) {
        return work.run(path, () -> {
            try (InputStream in = Channels.newInputStream(channel(path))) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw tooMuch(path, "more than " + MOST_BYTES + " bytes. Use open for what is larger.");
                }
                return Buffer.buffer(bytes);
            }
        });
    }

    private PluginException tooMuch(String path, String found) {
        return new PluginException(
                "DP-0611",
                "Plugin '" + runtime.id() + "' asked for all of '" + PluginException.excerpt(path) + "', which has "
                        + found);
    }

    private FileChannel channel(String path) throws IOException {
        Path place = reach.place(path, FileAccess.READ);
        Path name = place.getFileName();
        if (name == null) {
            throw reach.failed(path, "it is no plain file");
        }
        try (HeldFolder folder = HeldFolder.of(place.resolveSibling(""))) {
            if (folder.find(name).map(found -> !found.isRegularFile()).orElse(false)) {
                throw reach.failed(path, "it is no plain file");
            }
            return folder.open(name, StandardOpenOption.READ);
        }
    }

    @Override
    public Future<ByteReader> open(String path) {
        return work.run(path, () -> streams.reader(path, channel(path)));
    }

    @Override
    public Future<Void> write(String path, Buffer content) {
        byte[] bytes = content.getBytes();
        return work.<Void>run(path, () -> {
            try (NewFile file = newFile(path)) {
                file.write(bytes);
                file.commit();
            }
            return null;
        });
    }

    private NewFile newFile(String path) throws IOException {
        Path place = reach.place(path, FileAccess.WRITE);
        if (place.getFileName() == null || Files.isDirectory(place)) {
            throw reach.failed(path, "it is a folder");
        }
        return new NewFile(place);
    }

    @Override
    public Future<ByteWriter> create(String path) {
        return work.run(path, () -> streams.writer(path, newFile(path)));
    }

    @Override
    public Future<Void> createFolder(String path) {
        return work.<Void>run(path, () -> {
            Files.createDirectories(reach.place(path, FileAccess.WRITE));
            return null;
        });
    }

    @Override
    public Future<Boolean> delete(String path) {
        return work.run(path, () -> {
            Path entry = reach.entry(path, FileAccess.WRITE);
            if (reach.isWorkFolder(entry)) {
                throw reach.failed(path, "it is the work folder, which the kernel itself removes");
            }
            try (HeldFolder folder = HeldFolder.of(entry.resolveSibling(""))) {
                return folder.delete(entry.getFileName());
            } catch (NoSuchFileException | NotDirectoryException nowhere) {
                return false;
            }
        });
    }

    /** The plugin ends. Blocks. */
    void close() {
        open.close();
    }
}
