package io.dataprism.api;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which permission stands for a file, for plugins that act on files for who calls them: the place of the file itself, all
 * links on the way resolved. A scope that is an absolute path is held against that; one that is relative, against the path from the node's working folder.
 */
public enum FileAccess {
    READ,
    WRITE;

    /**
     * Where {@code path} leads: every link resolved as far as the path exists, the rest taken as it is. Blocks.
     *
     * @throws IOException where a folder on the way cannot be looked into
     */
    public static Path resolved(Path path) throws IOException {
        Path whole = path.toAbsolutePath().normalize();
        Path existing = whole;
        while (existing != null && !Files.exists(existing)) {
            if (Files.isSymbolicLink(existing)) {
                throw new IOException(existing + " is a link to nothing");
            }
            existing = existing.getParent();
        }
        return existing == null
                ? whole
                : existing.toRealPath().resolve(existing.relativize(whole)).normalize();
    }

    /**
     * Whether this access to {@code resolved} is granted.
     *
     * @param may tells whether a permission is granted: {@link Call#callerMay} or {@link Permissions#check}
     * @param resolved what {@link #resolved} gave
     */
    public boolean granted(Predicate<String> may, Path resolved) {
        if (may.test(permission(resolved))) {
            return true;
        }
        Path here = workingFolder();
        return here != null
                && resolved.startsWith(here)
                && !resolved.equals(here)
                && may.test(permission(here.relativize(resolved)));
    }

    /** The permission for exactly {@code path}, for example {@code file-access:read:/data/a.csv}. */
    public String permission(Path path) {
        String text = path.toString().replace(File.separatorChar, '/');
        return "file-access:" + name().toLowerCase(Locale.ROOT) + ":" + text;
    }

    private static @Nullable Path workingFolder() {
        try {
            return Path.of("").toRealPath();
        } catch (IOException e) {
            // it was removed under the running node; nothing is relative to it any more
            return null;
        }
    }
}
