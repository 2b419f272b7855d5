package io.dataprism.kernel.storage;

import io.dataprism.kernel.store.Folders;
import io.dataprism.kernel.store.NodeBackup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The mark on the storage of a plugin that was removed: which artifacts it belonged to, by their SHA-256. Something else that comes by the same id finds
 * it, and gets nothing until the operator says so. Blocks.
 */
final class Leftover {
    private static final String NAME = NodeBackup.MARK;
    private static final String VERSION = "dataprism-left 1";

    private Leftover() {}

    /**
     * Mark {@code folder}, where there is one, as left behind by {@code artifacts}. What others left stays theirs: to be installed and removed again makes
     * nobody an owner. It is on the disk when this returns: what it was left by is deleted next.
     */
    static void mark(Path folder, Collection<String> artifacts) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<String> owners = new TreeSet<>(artifacts);
        if (isMarked(folder)) {
            Set<String> before = owners(folder);
            if (artifacts.stream().noneMatch(before::contains)) {
                return;
            }
            owners.addAll(before);
        }
        List<String> lines = new ArrayList<>(List.of(VERSION));
        lines.addAll(owners);
        Path part = folder.resolve(NAME + ".part");
        Files.write(
                part,
                lines,
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.sync(folder);
    }

    /** None where it says nothing that is known. */
    private static Set<String> owners(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(NAME), StandardCharsets.ISO_8859_1);
        return lines.isEmpty() || !lines.get(0).equals(VERSION)
                ? Set.of()
                : new TreeSet<>(lines.subList(1, lines.size()));
    }

    /** Put the mark of {@code folder}, where it has one, on {@code copy}. */
    static void copy(Path folder, Path copy) throws IOException {
        if (isMarked(folder)) {
            Files.copy(folder.resolve(NAME), copy.resolve(NAME));
        }
    }

    static boolean isMarked(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** Whether {@code folder} is of {@code artifact} as well, or of nobody in particular. */
    static boolean isOf(Path folder, String artifact) throws IOException {
        return !isMarked(folder) || owners(folder).contains(artifact);
    }

    /** From now on it is of whatever has the id. */
    static void unmark(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
