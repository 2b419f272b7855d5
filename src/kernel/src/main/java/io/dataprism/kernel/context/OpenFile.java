package io.dataprism.kernel.context;

import io.dataprism.api.FileAccess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A file that a plugin has open as a stream, and the permission on which that stands. Safe to use from any thread. */
final class OpenFile implements Closeable {
    private final FileReach reach;
    private final Path place;
    private final FileAccess access;
    private final boolean own;
    private final Closeable file;
    private volatile boolean revoked;

    /**
     * @param place that was judged
     * @param file what to close
     */
    OpenFile(FileReach reach, Path place, FileAccess access, Closeable file) throws IOException {
        this.reach = reach;
        this.place = place;
        this.access = access;
        this.own = reach.isOwn(place);
        this.file = file;
    }

    /** Nothing is read or written any more from now on, where that is not allowed; whether it is not. */
    boolean look() {
        if (!revoked && !own && !reach.may(place, access)) {
            revoked = true;
        }
        return revoked;
    }

    /** @throws io.dataprism.api.PermissionDeniedException where it was, or is, not allowed any more */
    void requireAllowed() {
        if (look()) {
            throw reach.denial(place, access);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
