package io.dataprism.kernel.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The node's own data folder. Whatever a grant covers, no plugin and no user reaches it, but for the plugins' work folders, of which grants decide as of
 * any other: in it lies the operator's token, which would make whoever reads it the operator.
 *
 * @param path without links
 * @param work the folder in it in which each plugin has one of its own, by its name
 */
record NodeFolder(Path path, Path work) {

    static NodeFolder of(Path path, Path work) {
        try {
            return new NodeFolder(path.toRealPath(), work.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code wanted} is about the node's own files. Patterns that reach beyond this folder are not about it. */
    boolean refuses(Permission wanted) {
        if (wanted.name() != PermissionName.FILE_ACCESS || wanted.scope().isEmpty()) {
            return false;
        }
        try {
            Path place = place(wanted.scope());
            return place.startsWith(path) && !place.startsWith(work);
        } catch (InvalidPathException e) {
            // Nothing is there.
            return false;
        } catch (IOException e) {
            // The working folder is gone, and with it what is relative to it.
            return true;
        }
    }

    /** Whether {@code wanted} is about a path that is meant from the node's working folder. */
    static boolean isRelative(Permission wanted) {
        String path = wanted.scope().substring(wanted.scope().indexOf(':') + 1);
        return wanted.scope().indexOf(':') >= 0 && !path.startsWith("/") && !path.matches("[A-Za-z]:/.*");
    }

    /** Where {@code scope} begins to be a pattern, or leads. */
    private static Path place(String scope) throws IOException {
        String path = scope.substring(scope.indexOf(':') + 1);
        int star = path.indexOf('*');
        String fixed = star < 0 ? path : path.substring(0, path.lastIndexOf('/', star) + 1);
        Path place = Path.of(fixed);
        return (place.isAbsolute() ? place : Path.of("").toRealPath().resolve(place)).normalize();
    }
}
