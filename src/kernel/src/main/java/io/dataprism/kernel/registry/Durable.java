package io.dataprism.kernel.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writing that outlives a crash: what is renamed into place has reached the disk before. */
enum Durable {
    ON_DISK,
    /** In a folder that nobody opens after a crash: nothing waits for the disk. */
    WHILE_RUNNING;

    /** Bring every file under a folder, and the folders themselves, to the disk. */
    void sync(Path folder) throws IOException {
        if (this == WHILE_RUNNING) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                syncOne(path);
            }
        }
    }

    private void syncOne(Path path) throws IOException {
        if (this == WHILE_RUNNING) {
            return;
        }
        if (!Files.isDirectory(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } else if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Give a folder its name; both lie in the same folder. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path parent = to.getParent();
        if (parent != null) {
            syncOne(parent);
        }
    }

    /** Put a file in the place of another, wholly or not at all. */
    void replace(Path from, Path to) throws IOException {
        syncOne(from);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path parent = to.getParent();
        if (parent != null) {
            syncOne(parent);
        }
    }

    /** Delete a folder with all that is in it; one that is not there is gone already. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
