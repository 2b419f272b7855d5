package io.dataprism.kernel.vertx;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/** Vert.x's buffers around {@link SharedBytes}. */
final class ReadOnlyBytes {
    /** To copy so few costs less than to look whether they are shared already. */
    private static final int FEW = 256;

    private ReadOnlyBytes() {}

    static SharedBytes share(Object plain) {
        BufferInternal given = (BufferInternal) plain;
        if (given.length() > FEW) {
            SharedBytes shared = sharedBy(given.getByteBuf());
            if (shared != null && shared.capacity() == given.length()) {
                return shared;
            }
        }
        return new SharedBytes(given.getBytes());
    }

    /**
     * What stands behind a buffer of a reader's, which Vert.x shows as an unreleasable part of it; null for any other: that something is read-only does
     * not say that nobody else writes to the same bytes.
     */
    private static @Nullable SharedBytes sharedBy(ByteBuf shown) {
        ByteBuf part = shown.unwrap();
        return part != null && part.unwrap() instanceof SharedBytes shared ? shared : null;
    }

    /** With indexes of its own: where a reader appends, Vert.x moves them, before it makes that reader a copy. */
    static Buffer view(Object shared) {
        return BufferInternal.buffer(((SharedBytes) shared).duplicate());
    }
}
