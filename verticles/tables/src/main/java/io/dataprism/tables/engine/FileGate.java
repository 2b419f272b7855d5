package io.dataprism.tables.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
            throw TableProblem.ENGINE.failure("Tables: cannot make a folder in " + folder + ": " + e, e);
        }
    }

    Path folder() {
        return folder;
    }

    <T> T reading(Path file, Action<T> action) {
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException e) {
            throw TableProblem.UNREADABLE.failure(
                    "Tables: cannot read " + file + ": there is no such file. Check the path.", e);
        }
        if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
            throw TableProblem.UNREADABLE.failure("Tables: cannot read " + file + ": it is "
                    + (Files.isDirectory(real) ? "a folder" : "not a readable file") + ". Name one file.");
        }
        Path link = link(real);
        try {
            return action.apply(link.toString());
        } catch (IOException e) {
            throw TableProblem.UNREADABLE.failure("Tables: cannot read " + file + ": " + e, e);
        } finally {
            remove(link);
        }
    }

    /** Runs {@code action} on a new file beside {@code target} and then moves that over it, so that nobody sees a part. */
    <T> T writing(Path target, Action<T> action) {
        Path folderOfTarget = target.toAbsolutePath().getParent();
        if (folderOfTarget == null) {
            throw TableProblem.UNWRITABLE.failure("Tables: cannot write " + target + ": it is a folder. Name a file.");
        }
        Path part = null;
        try {
            Path parent = Files.createDirectories(folderOfTarget).toRealPath();
            Path place = parent.resolve(target.getFileName());
            part = Files.createFile(parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part"));
            Path link = link(part);
            T result;
            try {
                result = action.apply(link.toString());
            } finally {
                remove(link);
            }
            force(part, false);
            move(part, place);
            force(parent, true);
            return result;
        } catch (IOException e) {
            throw TableProblem.UNWRITABLE.failure(
                    "Tables: cannot write " + target + ": " + e + ". What was there before is unchanged.", e);
        } finally {
            remove(part);
        }
    }

    /** A file in the gate itself, for rows that come inline. */
    <T> T temporary(byte[] content, Action<T> action) {
        Path file = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
            return action.apply(file.toString());
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure("Tables: cannot use the work folder: " + e, e);
        } finally {
            remove(file);
        }
    }

    private Path link(Path real) {
        Path link = folder.resolve(UUID.randomUUID().toString());
        try {
            return symbolicOrHard(link, real);
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure("Tables: cannot link " + real + " into the work folder: " + e, e);
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

    private static void force(Path path, boolean folder) throws IOException {
        // Windows opens no folders; its moves are in the journal
        if (folder && System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static void remove(@Nullable Path path) {
        if (path == null) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw TableProblem.ENGINE.failure("Tables: cannot remove " + path + ": " + e, e);
        }
    }
}
