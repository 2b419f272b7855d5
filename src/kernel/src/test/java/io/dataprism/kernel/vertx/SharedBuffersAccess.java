package io.dataprism.kernel.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** What a shared buffer's bytes are, for tests. */
public final class SharedBuffersAccess {
    private SharedBuffersAccess() {}

    /** The memory behind {@code buffer}, to be compared by identity. */
    public static Object bytesOf(Buffer buffer) {
        io.netty.buffer.ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
        while (bytes.unwrap() != null) {
            bytes = bytes.unwrap();
        }
        return bytes;
    }
}
