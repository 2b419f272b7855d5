package io.dataprism.kernel.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Buffers that nobody can write to, so that a sender and all receivers may read the same bytes. Vert.x's buffer is a thin object around the
 * bytes that can be pointed at others ({@code readFromBuffer}), so that each reader gets {@link #view one of its own}.
 */
public final class SharedBuffers {
    private static final Class<?> PLAIN = Buffer.buffer().getClass();

    private SharedBuffers() {}

    /**
     * What {@code given} holds, for good: the same bytes where they are shared already, else a copy. Calls {@code given}, which may be of a
     * plugin's own class, so it belongs into that plugin's slice.
     */
    public static Buffer share(Buffer given) {
        if (given.getClass() == PLAIN) {
            ByteBuf bytes = ((BufferInternal) given).getByteBuf();
            return bytes.isReadOnly()
                    ? BufferInternal.buffer(bytes.duplicate())
                    : readOnly(Unpooled.wrappedBuffer(given.getBytes()));
        }
        // A plugin's own class may keep the array that it returns.
        return readOnly(Unpooled.wrappedBuffer(given.getBytes().clone()));
    }

    /** The same for bytes that are the caller's to keep. */
    public static Buffer share(byte[] bytes) {
        return readOnly(Unpooled.wrappedBuffer(bytes.clone()));
    }

    private static Buffer readOnly(ByteBuf bytes) {
        return BufferInternal.buffer(bytes.asReadOnly());
    }

    /** {@code shared} for one more reader. */
    public static Buffer view(Buffer shared) {
        return BufferInternal.buffer(((BufferInternal) shared).getByteBuf());
    }
}
