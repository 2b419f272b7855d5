package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream goes: to who reads it on this node, or to another node. Called in order, by one thread at a time, and never waits. Its end is
 * that of its call.
 */
interface StreamSink {

    /**
     * The handler has answered with a stream.
     *
     * @param head owned by the kernel
     * @param source is told how far it may go on
     */
    void opened(@Nullable Object head, StreamValve source);

    /** @param item owned by the kernel */
    void item(Object item, int weight);

    /** Whether {@link #opened} was called. */
    boolean isOpened();
}
