package io.dataprism.kernel.vertx;

import org.jspecify.annotations.Nullable;

/** What is around a mailbox's slices: the context that its code finds itself in. */
interface SliceFrame {
    /** Nothing. */
    SliceFrame NONE = new SliceFrame() {};

    /** A slice begins on the calling thread; what is answered is given back to {@link #leave}. */
    default @Nullable Object enter() {
        return null;
    }

    /** It ended. */
    default void leave(@Nullable Object before) {}

    /** Code in a slice threw {@code failure}. */
    default void report(Throwable failure) {}

    /** Whether the calling thread runs this plugin's code one at a time with its slices, though not in one. */
    default boolean surrounds() {
        return false;
    }
}
