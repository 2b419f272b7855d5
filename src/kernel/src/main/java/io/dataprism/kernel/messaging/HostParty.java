package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.kernel.vertx.HostQueue;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.MailboxEntry;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.OverflowLane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** An endpoint of host, operator or bridge user, on a Vert.x context. */
final class HostParty extends Party {
    private final HostQueue queue;

    HostParty(LocalMessaging messaging, Caller caller, Context context, int limit) {
        super(messaging, caller);
        this.queue = new HostQueue(context, new MailboxLimits(limit, MailboxLimits.DEFAULT.bytes()));
    }

    @Override
    Mailbox.Answer offer(MailboxEntry entry, @Nullable OverflowLane lane) {
        return isClosed() ? Mailbox.Answer.CLOSED : queue.mailbox().offer(entry, lane);
    }

    @Override
    boolean push(MailboxEntry entry) {
        return queue.mailbox().push(entry);
    }

    @Override
    void answer(PendingReply<?> reply, boolean reusable) {
        // Never inline: whoever settles may hold what the waiting code wants.
        reply.handOver(queue.mailbox(), reusable);
    }

    @Override
    boolean isServing() {
        return true;
    }

    @Override
    void hold(Delivery entry) {
        throw new IllegalStateException("Nothing waits for " + caller + " to serve.");
    }

    @Override
    MailboxLimits limits() {
        return queue.mailbox().limits();
    }

    @Override
    int waiting() {
        return queue.mailbox().waiting();
    }

    @Override
    long waitingBytes() {
        return queue.mailbox().waitingBytes();
    }

    @Override
    void look(Mailbox.Onlooker onlooker) {
        queue.mailbox().look(onlooker);
    }

    @Override
    <T> Promise<T> promise() {
        return queue.promise();
    }

    @Override
    <T> Promise<T> plainPromise() {
        return queue.promise();
    }

    @Override
    <T> Future<T> succeeded(@Nullable T value) {
        return queue.succeeded(value);
    }

    @Override
    <T> Future<T> failed(Throwable failure) {
        return queue.failed(failure);
    }

    @Override
    boolean inSlice() {
        return queue.isRunning();
    }
}
