package io.dataprism.tables.engine;

import io.dataprism.api.PinnedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The one folder that DuckDB can reach. A file that somebody may read or write is linked into it under a random name while
 * that is done, and is gone from it afterwards. Safe to use from any thread.
 */
final class FileGate {
    private final Path folder;

    private FileGate(Path folder) {
        this.folder = folder;
    }

    /** What is done with a file: gets the path that DuckDB is to be told. */
    interface Action<T> {
        T apply(String path) throws IOException;
    }

    static FileGate in(Path folder) {
        try {
            return new FileGate(
                    Files.createDirectories(folder.toAbsolutePath().normalize().resolve("gate")));
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure(
                    "Tables: cannot make a folder in " + folder + ": " + e + ". Let the node's user write there.", e);
        }
    }

    Path folder() {
        return folder;
    }

    /**
     * Runs {@code action} on a file.
     *
     * @param file where it is, all links resolved: what became a link since is refused
     */
    <T> T reading(Path file, Action<T> action) {
        if (!Files.isReadable(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw TableProblem.UNREADABLE.failure("Tables: cannot read " + file + ": " + what(file) + ".");
        }
        try (PinnedFile pinned = PinnedFile.open(file)) {
            T result = linked(pinned, action);
            pinned.requireUnmoved();
            return result;
        } catch (IOException e) {
            throw TableProblem.UNREADABLE.failure(
                    "Tables: cannot read " + file + ": " + e
                            + ". Check that the file is there and readable, then try again.",
                    e);
        }
    }

    private static String what(Path file) {
        if (Files.isDirectory(file)) {
            return "it is a folder. Name one file";
        }
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? "it is not a readable file. Name one file"
                : "there is no such file. Check the path";
    }

    /**
     * Runs {@code action} on a new file beside {@code target} and then moves that over it, so that nobody sees a part.
     *
     * @param target where it is to be, all links resolved: a folder that became a link since is refused
     */
    <T> T writing(Path target, Action<T> action) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw TableProblem.UNWRITABLE.failure("Tables: cannot write " + target + ": it is a folder. Name a file.");
        }
        Path part = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(parent);
            T result = written(part, action);
            move(part, parent.resolve(target.getFileName()));
            force(parent);
            return result;
        } catch (IOException e) {
            throw TableProblem.UNWRITABLE.failure(
                    "Tables: cannot write " + target + ": " + e
                            + ". What was there before is unchanged. Free the path or make room, or name another one.",
                    e);
        } finally {
            remove(part);
        }
    }

    private <T> T written(Path part, Action<T> action) throws IOException {
        try (PinnedFile pinned = PinnedFile.create(part)) {
            T result = linked(pinned, action);
            pinned.requireUnmoved();
            pinned.force();
            return result;
        }
    }

    private <T> T linked(PinnedFile file, Action<T> action) throws IOException {
        Path link = link(file.path());
        try {
            return action.apply(link.toString());
        } finally {
            remove(link);
        }
    }

    /** A file in the gate itself, for rows that come inline. */
    <T> T temporary(byte[] content, Action<T> action) {
        Path file = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
            return action.apply(file.toString());
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure(
                    "Tables: cannot use the work folder: " + e + ". Make room there, and let the node's user write.",
                    e);
        } finally {
            remove(file);
        }
    }

    private Path link(Path real) {
        Path link = folder.resolve(UUID.randomUUID().toString());
        try {
            return symbolicOrHard(link, real);
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure(
                    "Tables: cannot link " + real + " into the work folder: " + e
                            + ". Let the node's user make links there.",
                    e);
        }
    }

    private static Path symbolicOrHard(Path link, Path real) throws IOException {
        try {
            return Files.createSymbolicLink(link, real);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return Files.createLink(link, real);
        }
    }

    private static void move(Path part, Path place) throws IOException {
        try {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path folder) throws IOException {
        // Windows opens no folders; its moves are in the journal
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure("Tables: cannot remove " + path + ": " + e + ". Remove it by hand.", e);
        }
    }
}
