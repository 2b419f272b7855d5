package io.dataprism.kernel.context;

import io.dataprism.api.ByteReader;
import io.dataprism.api.ByteWriter;
import io.dataprism.api.Caller;
import io.dataprism.api.FileAccess;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One plugin's files. All work is done on its blocking lane. What stands on a grant that is taken back is closed at once. */
final class GrantedFiles implements PluginFiles {
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int MOST_ENTRIES = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PluginRuntime runtime;
    private final FileReach reach;
    private final FileWork work;
    private final OpenFiles open;
    private final FileStreams streams;
    private final FileWatches watches;
    private final WriteQuota quota;
    private final Caller caller;

    // Guarded by work.
    private @Nullable Runnable deaf;
    private boolean closed;

    GrantedFiles(PluginRuntime runtime, BlockingWork blocking, WriteQuota quota) {
        this(runtime, blocking, quota, PAUSE);
    }

    GrantedFiles(PluginRuntime runtime, BlockingWork blocking, WriteQuota quota, Duration pause) {
        this.runtime = runtime;
        this.reach = new FileReach(runtime);
        this.work = new FileWork(blocking, reach);
        this.open = new OpenFiles(runtime.id(), runtime.tally());
        this.streams = new FileStreams(work, reach, open);
        this.watches = new FileWatches(runtime, reach, pause);
        this.quota = quota;
        this.caller = Caller.plugin(runtime.id());
    }

    /** Hear of grants that are taken back, before something stands on one. */
    private void listen() {
        synchronized (work) {
            if (deaf == null && !closed) {
                deaf = runtime.gate().grants().listen(this::changed);
            }
        }
    }

    /** On the thread that took them back, which may be an event loop. */
    private void changed(Caller whose) {
        if (!whose.equals(caller)) {
            return;
        }
        watches.recheck();
        List<OpenFile> gone = open.revoked();
        if (!gone.isEmpty()) {
            closeAside(gone);
        }
    }

    /** Not on the plugin's lane, which it may keep busy. */
    private void closeAside(List<OpenFile> gone) {
        try {
            runtime.deployment()
                    .context()
                    .owner()
                    .executeBlocking(
                            () -> {
                                open.close(gone);
                                return null;
                            },
                            false);
        } catch (RejectedExecutionException ends) {
            // The host's Vertx, and all that runs on it, ends.
            open.close(gone);
        }
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
                    throw reach.tooMuch(
                            "asked for all of",
                            folder,
                            "more than " + MOST_ENTRIES + " entries. Keep them in several folders.");
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
            Path place = reach.place(path, FileAccess.READ);
            try (InputStream in = Channels.newInputStream(channel(path, place))) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw reach.tooMuch(
                            "asked for all of",
                            path,
                            "more than " + MOST_BYTES + " bytes. Use open for what is larger.");
                }
                reach.requireStill(place, FileAccess.READ);
                return Buffer.buffer(bytes);
            }
        });
    }

    private FileChannel channel(String path, Path place) throws IOException {
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
        return work.run(path, () -> {
            listen();
            Path place = reach.place(path, FileAccess.READ);
            return streams.reader(path, place, channel(path, place));
        });
    }

    @Override
    public Future<Void> write(String path, Buffer content) {
        byte[] bytes = content.getBytes();
        return work.<Void>run(path, () -> {
            Path place = reach.place(path, FileAccess.WRITE);
            try (NewFile file = newFile(path, place)) {
                file.write(bytes);
                reach.requireStill(place, FileAccess.WRITE);
                file.commit();
            }
            return null;
        });
    }

    private NewFile newFile(String path, Path place) throws IOException {
        if (place.getFileName() == null || Files.isDirectory(place)) {
            throw reach.failed(path, "it is a folder");
        }
        return new NewFile(place, quota);
    }

    @Override
    public Future<ByteWriter> create(String path) {
        return work.run(path, () -> {
            listen();
            Path place = reach.place(path, FileAccess.WRITE);
            return streams.writer(path, place, newFile(path, place));
        });
    }

    @Override
    public Future<Void> createFolder(String path) {
        return work.<Void>run(path, () -> {
            HeldFolder.make(reach.place(path, FileAccess.WRITE));
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
                return delete(folder, entry.getFileName());
            } catch (NoSuchFileException | NotDirectoryException nowhere) {
                return false;
            }
        });
    }

    private boolean delete(HeldFolder folder, Path name) throws IOException {
        quota.names.lock();
        try {
            long bytes = quota.bytes(name.toString(), folder.find(name));
            boolean deleted = folder.delete(name);
            quota.giveBack(deleted ? bytes : 0);
            return deleted;
        } finally {
            quota.names.unlock();
        }
    }

    @Override
    public Future<Watch> watch(String path, Consumer<Change> changed) {
        Objects.requireNonNull(changed, "changed");
        return work.run(path, () -> {
            listen();
            return watches.add(path, changed);
        });
    }

    /** The plugin ends. Blocks. */
    void close() {
        Runnable stop;
        synchronized (work) {
            closed = true;
            stop = deaf;
            deaf = null;
        }
        if (stop != null) {
            stop.run();
        }
        watches.close();
        open.close();
    }
}
