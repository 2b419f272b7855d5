package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A call that waits for its plugin to be started, before it can be made. */
final class AwaitedStart<T> extends PendingReply<T> {
    private final String plugin;
    private final String capability;
    private volatile @Nullable Future<?> made;

    AwaitedStart(Party from, String plugin, String capability, long timeout, long id, long causeId) {
        super(from, from, null, timeout, id, causeId);
        this.plugin = plugin;
        this.capability = capability;
    }

    /** Bring what {@code call} brings, which was made once the plugin runs. */
    void followCall(Future<?> call) {
        made = call;
        follow(call);
    }

    @Override
    void giveUp(CallException why) {
        Future<?> call = made;
        PendingReply<?> under = call == null ? null : from.pending.find(reply -> reply.future() == call);
        if (under != null) {
            under.giveUp(why);
        }
        super.giveUp(why);
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
