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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
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
            Path place = reach.place(path, FileAccess.READ);
            return Files.exists(place) ? Optional.of(entry(place)) : Optional.empty();
        });
    }

    private static Entry entry(Path place) throws IOException {
        // A link is shown as itself: what it leads to may be none of the plugin's business.
        BasicFileAttributes found = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path name = place.getFileName();
        return new Entry(
                name == null ? "" : name.toString(),
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
        try (DirectoryStream<Path> found = Files.newDirectoryStream(reach.place(folder, FileAccess.READ))) {
            for (Path each : found) {
                if (entries.size() == MOST_ENTRIES) {
                    throw tooMuch(folder, "more than " + MOST_ENTRIES + " entries. Keep them in several folders.");
                }
                entries.add(entry(each));
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
        if (Files.exists(place) && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw reach.failed(path, "it is no plain file");
        }
        return FileChannel.open(place, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
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
        if (Files.isDirectory(place)) {
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
            return Files.deleteIfExists(entry);
        });
    }

    /** The plugin ends. Blocks. */
    void close() {
        open.close();
    }
}
