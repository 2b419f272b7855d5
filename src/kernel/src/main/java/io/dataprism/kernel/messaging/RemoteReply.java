package io.dataprism.kernel.messaging;

import io.vertx.core.Future;

/** An answer that comes over the bus. */
final class RemoteReply<T> extends PendingReply<T> {
    private final String what;

    RemoteReply(Party from, String what, long timeout) {
        super(from, from, timeout);
        this.what = what;
    }

    @Override
    String what() {
        return what;
    }

    @Override
    Future<?> handle() {
        throw new IllegalStateException("It is handled elsewhere.");
    }
}
