package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A call that waits for its plugin to be started, before it can be made. */
final class AwaitedStart<T> extends PendingReply<T> {
    private final CallRequest<T> request;
    private volatile @Nullable Future<?> made;

    AwaitedStart(CallRequest<T> request) {
        super(
                request.from(),
                request.from(),
                null,
                request.timeout(),
                request.marks().id(),
                request.marks().causeId());
        this.request = request;
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
        return "'" + request.capability() + "' of plugin '" + request.plugin() + "', which is being started";
    }

    @Override
    void failed(Throwable why, boolean handled) {
        // What was made at last tells of itself.
        if (made == null && !request.tried() && !isCallersDoing(why)) {
            from.messaging.witness().buryCall(request.subject(), request.plugin(), why, false);
        }
    }

    @Override
    Future<?> handle() {
        throw new IllegalStateException("It is the call made later that is handled.");
    }
}
