package io.dataprism.kernel.audit;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.store.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log: lines go to the end of the newest file, and are on the disk when {@link #append} returns. What could not be written as a whole is cut
 * off again, so that a failed batch can be written once more. Blocks; owned by one thread.
 */
final class AuditWriter implements AutoCloseable {
    private static final Duration PER_FILE = Duration.ofDays(1);
    /** What clocks are set right by is nothing to tell of. */
    private static final Duration SMALL = Duration.ofSeconds(2);

    private final Path folder;
    private final AuditOptions options;
    private final Clock clock;
    /** Held while files are deleted, and by who reads them. */
    private final Object reading;

    private final List<AuditFile> files;
    private long sequence;
    private String hash;
    private boolean whole;
    private Instant clockSeen;
    private Instant began;
    private List<AuditEntry> first;

    private @Nullable FileChannel channel;
    private long length;
    private boolean rolled;

    private AuditWriter(Path folder, AuditOptions options, Clock clock, Object reading, AuditEnd end)
            throws IOException {
        this.folder = folder;
        this.options = options;
        this.clock = clock;
        this.reading = reading;
        this.files = new ArrayList<>(end.files());
        this.sequence = end.sequence();
        this.hash = end.hash();
        this.whole = end.isWhole();
        this.clockSeen = end.at();
        this.first = new ArrayList<>(end.found());
        if (!end.inOrder()) {
            first.add(
                    AuditEntry.failed(
                            Actor.KERNEL,
                            "node-ended",
                            "",
                            "it was not stopped in order: it was killed, or its machine failed. Lines of its last moments may be missing."));
        }
        if (files.isEmpty()) {
            first.add(AuditEntry.done(
                    Actor.KERNEL, "audit-begun", UUID.randomUUID().toString(), "the first line of a new log"));
        }
        this.length = files.isEmpty() ? 0 : newest().size();
        this.began = files.isEmpty()
                ? clock.instant()
                : newest().firstLine().map(AuditLine::at).orElse(Instant.EPOCH);
        this.rolled = true;
    }

    /**
     * Go on with the log in {@code folder}, which is made with the first line. Whatever is damaged, what comes is written.
     *
     * @param reading held by who reads the files
     * @throws PluginException {@code DP-0851} where it can't be read
     */
    static AuditWriter open(Path folder, AuditOptions options, Clock clock, Object reading) {
        try {
            return new AuditWriter(folder, options, clock, reading, AuditEnd.of(folder));
        } catch (NoAuditLineException e) {
            throw new PluginException(
                    "DP-0855",
                    "The audit log in " + folder + " was written by a newer kernel: " + e.getMessage()
                            + ". Use that version, or a newer one.",
                    e);
        } catch (IOException e) {
            throw AuditFailures.unreadable(folder, e);
        }
    }

    private AuditFile newest() {
        return files.get(files.size() - 1);
    }

    long sequence() {
        return sequence;
    }

    String hash() {
        return hash;
    }

    /** Write {@code entries}, in this order, all or none. */
    void append(List<Timed> entries) throws IOException {
        Instant now = clock.instant();
        List<Timed> all = new ArrayList<>();
        first.forEach(entry -> all.add(new Timed(now, entry)));
        Duration back = Duration.between(now, clockSeen);
        if (back.compareTo(SMALL) > 0) {
            all.add(new Timed(
                    now,
                    AuditEntry.done(
                            Actor.KERNEL,
                            "clock-went-back",
                            "from " + clockSeen,
                            "by " + back.toSeconds() + " s. The lines are in the order of their numbers.")));
        }
        all.addAll(entries);
        if (!all.isEmpty()) {
            write(all);
            first = List.of();
            clockSeen = now;
        }
    }

    /** Rotate where a new file was begun since the last time; what was appended before stands in any case. */
    void tidy() throws IOException {
        if (rolled) {
            rolled = false;
            rotate();
        }
    }

    private void write(List<Timed> entries) throws IOException {
        FileChannel open = channel();
        long number = sequence;
        String before = hash;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Timed timed : entries) {
            byte[] next = AuditLine.seal(++number, timed.at(), timed.entry(), before);
            before = AuditLine.hashOf(next);
            bytes.write(next);
            bytes.write('\n');
        }
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray());
            for (long at = length; rest.hasRemaining(); ) {
                at += open.write(rest, at);
            }
            open.force(false);
        } catch (IOException e) {
            takeBack(open, e);
            throw e;
        }
        if (length == 0) {
            syncFolder();
        }
        length += bytes.size();
        sequence = number;
        hash = before;
    }

    /** Whatever of a batch is there is cut off; where that can't be done now, it is when the file is opened the next time. */
    private void takeBack(FileChannel open, IOException failure) {
        try {
            open.truncate(length);
        } catch (IOException e) {
            failure.addSuppressed(e);
            channel = null;
            try {
                open.close();
            } catch (IOException also) {
                failure.addSuppressed(also);
            }
        }
    }

    /** Where the next batch goes: into the newest file, or into a new one where that is large, old or damaged. */
    private FileChannel channel() throws IOException {
        boolean full = length > 0
                && (length >= options.fileSize()
                        || Duration.between(began, clock.instant()).compareTo(PER_FILE) > 0);
        if (files.isEmpty() || !whole || full) {
            close();
            Folders.createPrivate(folder);
            AuditFile next = AuditFile.in(folder, sequence + 1);
            create(next.path());
            if (files.isEmpty() || !newest().equals(next)) {
                files.add(next);
            }
            length = 0;
            whole = true;
            rolled = true;
            began = clock.instant();
        }
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            open = FileChannel.open(newest().path(), StandardOpenOption.WRITE);
            channel = open;
            open.truncate(length);
        }
        return open;
    }

    /** Whatever is there is nobody's to write over. */
    private static void create(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** A new file's name is on the disk, too; where folders can't be opened, the system sees to that. */
    private void syncFolder() throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
                open.force(true);
            }
        }
    }

    /** Delete the oldest files where there is too much, or too old; lines that say so, with the last hash of each, are written before. */
    void rotate() throws IOException {
        List<AuditFile> surplus = new ArrayList<>();
        List<Timed> lines = new ArrayList<>();
        Instant now = clock.instant();
        long total = 0;
        for (AuditFile file : files) {
            total += file.size();
        }
        for (int at = 0; at + 1 < files.size(); at++) {
            AuditFile file = files.get(at);
            AuditFile next = files.get(at + 1);
            boolean large = total > options.maxSize();
            // What follows it is no younger than its own last line.
            Optional<AuditLine> follower = next.firstLine();
            boolean old = follower.isPresent() && follower.get().at().isBefore(now.minus(options.keep()));
            if (!large && !old) {
                break;
            }
            String why = large
                    ? "the log was larger than " + options.maxSize() + " bytes"
                    : "they were older than " + options.keep().toDays() + " days";
            lines.add(new Timed(
                    now,
                    Rotation.entry(
                            file.first(),
                            next.first() - 1,
                            follower.map(AuditLine::prev).orElse("unknown"),
                            why)));
            surplus.add(file);
            total -= file.size();
        }
        if (!surplus.isEmpty()) {
            write(lines);
            delete(surplus);
        }
    }

    private void delete(List<AuditFile> surplus) throws IOException {
        synchronized (reading) {
            for (AuditFile file : surplus) {
                Files.deleteIfExists(file.path());
                files.remove(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
