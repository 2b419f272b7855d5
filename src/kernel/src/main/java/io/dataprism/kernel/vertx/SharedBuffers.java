package io.dataprism.kernel.vertx;

import io.vertx.core.buffer.Buffer;

/**
 * Buffers that nobody can write to, so that a sender and all receivers may read the same bytes. Vert.x's buffer is a thin object around the
 * bytes that can be pointed at others ({@code readFromBuffer}), so that each reader gets {@link #view one of its own}. Where Vert.x's
 * internals don't work, each reader gets a copy.
 */
public final class SharedBuffers {
    private SharedBuffers() {}

    /**
     * What {@code given} holds, for good: the same bytes where they are shared already, else a copy. Calls {@code given}, which may be of a
     * plugin's own class, so it belongs into that plugin's slice.
     */
    public static Buffer share(Buffer given) {
        return Internals.work() ? ReadOnlyBytes.share(given) : share(given.getBytes());
    }

    /** The same for bytes that are the caller's to keep. */
    public static Buffer share(byte[] bytes) {
        return Internals.work() ? ReadOnlyBytes.share(bytes) : Buffer.buffer(bytes.clone());
    }

    /** {@code shared} for one more reader. */
    public static Buffer view(Buffer shared) {
        return Internals.work() ? ReadOnlyBytes.view(shared) : shared.copy();
    }
}
