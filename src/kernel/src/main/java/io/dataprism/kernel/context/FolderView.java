package io.dataprism.kernel.context;

import io.dataprism.api.FileAccess;
import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at a path: a folder's entries by name, or the file itself; nothing where nothing is. Of two views, what differs was changed.
 *
 * @param place where the path led
 * @param own whether that is the plugin's own work folder, which needs no permission
 * @param entries by name
 */
record FolderView(Path place, boolean own, Map<String, Seen> entries) {
    private static final int MOST_ENTRIES = 10_000;
    /** What an entry costs in memory beside its name. */
    private static final int ENTRY_BYTES = 200;

    /** By what one entry is told from what it was before. */
    record Seen(
            boolean folder,
            long size,
            FileTime modified,
            @Nullable Object key) {
        static Seen of(BasicFileAttributes found) {
            return new Seen(
                    found.isDirectory(),
                    found.isDirectory() ? 0 : found.size(),
                    found.lastModifiedTime(),
                    found.fileKey());
        }
    }

    /**
     * Look at {@code path}, where it leads now. Blocks.
     *
     * @throws io.dataprism.api.PermissionDeniedException where the plugin may not look there
     * @throws PluginException {@code DP-0611} where there is too much
     */
    static FolderView of(FileReach reach, String path) throws IOException {
        Path place = reach.place(path, FileAccess.READ);
        return new FolderView(place, reach.isOwn(place), entries(reach, path, place));
    }

    private static Map<String, Seen> entries(FileReach reach, String path, Path place) throws IOException {
        Path name = place.getFileName();
        try {
            if (name == null) {
                return folder(reach, path, place);
            }
            Optional<BasicFileAttributes> found;
            try (HeldFolder above = HeldFolder.of(place.resolveSibling(""))) {
                found = above.find(name);
            }
            if (found.isPresent() && found.get().isDirectory()) {
                return folder(reach, path, place);
            }
            return found.map(file -> Map.of(name.toString(), Seen.of(file))).orElseGet(Map::of);
        } catch (NoSuchFileException | NotDirectoryException nowhere) {
            return Map.of();
        }
    }

    private static Map<String, Seen> folder(FileReach reach, String path, Path place) throws IOException {
        Map<String, Seen> entries = new TreeMap<>();
        try (HeldFolder held = HeldFolder.of(place)) {
            Iterator<Path> names = held.names();
            while (names.hasNext()) {
                Path name = names.next().getFileName();
                if (entries.size() == MOST_ENTRIES) {
                    throw reach.tooMuch(
                            "watches", path, "more than " + MOST_ENTRIES + " entries. Keep them in several folders.");
                }
                held.find(name).ifPresent(found -> entries.put(name.toString(), Seen.of(found)));
            }
        }
        return entries;
    }

    /** What it costs to keep it. */
    long bytes() {
        return entries.keySet().stream()
                .mapToLong(name -> ENTRY_BYTES + 2L * name.length())
                .sum();
    }
}
