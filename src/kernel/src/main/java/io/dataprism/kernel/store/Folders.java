package io.dataprism.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Making and removing folders. Blocks. */
public final class Folders {
    private Folders() {}

    /** An empty folder at {@code path}, whatever was there. */
    public static void create(Path path) throws IOException {
        delete(path);
        Files.createDirectories(path);
    }

    /** Remove it with everything in it; links are removed, not followed. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
