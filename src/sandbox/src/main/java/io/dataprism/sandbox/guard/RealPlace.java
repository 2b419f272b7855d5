package io.dataprism.sandbox.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the operating system ends up with a path: step by step, each link followed where it stands, so that {@code link/..} is the folder above what the
 * link leads to. Two places count: that of the last entry itself, which is what is deleted or moved, and what it leads to, which is what is read or
 * written. Blocks.
 */
final class RealPlace {
    private RealPlace() {}

    /** The place of the last entry, then what it leads to where that is another. */
    static List<Path> of(Path path) throws IOException {
        // As nearly always: it is there, and no link is on the way. Then each step would end where it begins.
        if (path.isAbsolute() && Files.exists(path) && path.toRealPath().equals(path)) {
            return List.of(path);
        }
        return stepByStep(path);
    }

    private static List<Path> stepByStep(Path path) throws IOException {
        Path here = path.isAbsolute() ? root(path) : Path.of("").toRealPath();
        Path entry = here;
        for (Path name : path) {
            String text = name.toString();
            if (text.isEmpty() || text.equals(".")) {
                continue;
            }
            if (text.equals("..")) {
                here = here.getParent() == null ? here : here.getParent();
                entry = here;
                continue;
            }
            entry = here.resolve(name);
            here = followed(entry);
        }
        return here.equals(entry) ? List.of(here) : List.of(entry, here);
    }

    private static Path root(Path path) throws IOException {
        Path root = path.getRoot();
        if (root == null) {
            throw new IOException(path + " has no root");
        }
        return root;
    }

    private static Path followed(Path entry) throws IOException {
        if (Files.exists(entry)) {
            return entry.toRealPath();
        }
        if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(entry + " is a link to nothing");
        }
        return entry;
    }
}
