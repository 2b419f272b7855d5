package io.dataprism.kernel.vertx;

import io.vertx.core.buffer.Buffer;

/**
 * Bytes that nobody can write to, so that a sender and all receivers may read the same. Vert.x's buffer is a thin object around bytes, which can be
 * pointed at others ({@code readFromBuffer}), so that each reader gets {@link #view one of its own}. Where Vert.x's internals don't work, what is
 * shared is a buffer that nobody else has, and each reader gets a copy.
 */
public final class SharedBuffers {
    private static final Class<?> PLAIN = Buffer.buffer().getClass();
    private static final Class<?> SHARED = Internals.work() ? SharedBytes.class : PLAIN;

    private SharedBuffers() {}

    /**
     * Whether {@code value} is Vert.x's own buffer. To ask whether something implements an interface makes the JVM remember the
     * answer in the class, where two processors that ask for different ones take it from each other each time: of buffers nothing else is asked on a
     * message's way.
     */
    public static boolean isPlain(Object value) {
        return value.getClass() == PLAIN;
    }

    /** Whether {@code owned} is what {@link #share} returned. */
    public static boolean isShared(Object owned) {
        return owned.getClass() == SHARED;
    }

    /** How many bytes {@code shared} has. */
    public static long length(Object shared) {
        return Internals.work() ? ((SharedBytes) shared).capacity() : ((Buffer) shared).length();
    }

    /**
     * What {@code given} holds, for good: the same bytes where they are shared already, else a copy. Calls {@code given}, which may be of a
     * plugin's own class, so it belongs into that plugin's slice.
     */
    public static Object share(Buffer given) {
        if (isPlain(given)) {
            return sharePlain(given);
        }
        // A plugin's own class may keep the array that it returns.
        return share(given.getBytes());
    }

    /** The same of a {@code plain} one. */
    public static Object sharePlain(Object plain) {
        return Internals.work() ? ReadOnlyBytes.share(plain) : Buffer.buffer(((Buffer) plain).getBytes());
    }

    /** The same for bytes that are the caller's to keep. */
    public static Object share(byte[] bytes) {
        return Internals.work() ? new SharedBytes(bytes.clone()) : Buffer.buffer(bytes.clone());
    }

    /** {@code shared} for one more reader. */
    public static Buffer view(Object shared) {
        return Internals.work() ? ReadOnlyBytes.view(shared) : ((Buffer) shared).copy();
    }
}
