package io.dataprism.kernel.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Vert.x's buffers around bytes that can't be written to. */
final class ReadOnlyBytes {
    private static final Class<?> PLAIN = Buffer.buffer().getClass();

    private ReadOnlyBytes() {}

    static Buffer share(Buffer given) {
        if (given.getClass() == PLAIN) {
            ByteBuf bytes = ((BufferInternal) given).getByteBuf();
            return bytes.isReadOnly()
                    ? BufferInternal.buffer(bytes.duplicate())
                    : readOnly(Unpooled.wrappedBuffer(given.getBytes()));
        }
        // A plugin's own class may keep the array that it returns.
        return readOnly(Unpooled.wrappedBuffer(given.getBytes().clone()));
    }

    static Buffer share(byte[] bytes) {
        return readOnly(Unpooled.wrappedBuffer(bytes.clone()));
    }

    private static Buffer readOnly(ByteBuf bytes) {
        return BufferInternal.buffer(bytes.asReadOnly());
    }

    static Buffer view(Buffer shared) {
        return BufferInternal.buffer(((BufferInternal) shared).getByteBuf());
    }
}
