package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** A mailbox for code of the host: its slices run on a Vert.x context of the host's, between what else that context does. */
public final class HostQueue {
    private static final long QUANTUM = 100_000;

    private final ContextInternal context;
    private final SerialMailbox mailbox;

    public HostQueue(Context context, MailboxLimits limits) {
        this.context = (ContextInternal) context;
        this.mailbox = new SerialMailbox(new OnContext(), limits, QUANTUM);
        mailbox.attach(this.context);
    }

    /** Slices as tasks of the context. */
    private final class OnContext implements SliceScheduler {
        @Override
        public void ready(SerialMailbox ready) {
            context.runOnContext(go -> ready.runSlice());
        }

        @Override
        public void again(SerialMailbox again) {
            context.runOnContext(go -> again.runSlice());
        }
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public boolean isRunning() {
        return context.inThread();
    }

    public <T> Promise<T> promise() {
        return context.promise();
    }

    public <T> Future<T> succeeded(@Nullable T value) {
        return context.succeededFuture(value);
    }

    public <T> Future<T> failed(Throwable failure) {
        return context.failedFuture(failure);
    }
}
