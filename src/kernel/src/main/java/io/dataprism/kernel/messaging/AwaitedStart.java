package io.dataprism.kernel.messaging;

import io.vertx.core.Future;

/** A call that waits for its plugin to be started, before it can be made. */
final class AwaitedStart<T> extends PendingReply<T> {
    private final String plugin;
    private final String capability;

    AwaitedStart(Party from, String plugin, String capability, long timeout) {
        super(from, from, timeout);
        this.plugin = plugin;
        this.capability = capability;
    }

    @Override
    String what() {
        return "'" + capability + "' of plugin '" + plugin + "', which is being started";
    }

    @Override
    Future<?> handle() {
        throw new IllegalStateException("It is the call made later that is handled.");
    }
}
