package io.dataprism.kernel.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Vert.x's buffers around bytes that can't be written to. */
final class ReadOnlyBytes {
    private ReadOnlyBytes() {}

    static Buffer share(Object plain) {
        BufferInternal given = (BufferInternal) plain;
        ByteBuf bytes = given.getByteBuf();
        return bytes.isReadOnly()
                ? BufferInternal.buffer(bytes.duplicate())
                : readOnly(Unpooled.wrappedBuffer(given.getBytes()));
    }

    static Buffer share(byte[] bytes) {
        return readOnly(Unpooled.wrappedBuffer(bytes.clone()));
    }

    private static Buffer readOnly(ByteBuf bytes) {
        return BufferInternal.buffer(bytes.asReadOnly());
    }

    static Buffer view(Object shared) {
        return BufferInternal.buffer(((BufferInternal) shared).getByteBuf());
    }

    static int length(Object plain) {
        return ((BufferInternal) plain).length();
    }
}
