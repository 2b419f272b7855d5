package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** A mailbox for code of the host: its slices run on a Vert.x context of the host's, between what else that context does. */
public final class HostQueue {
    private static final long QUANTUM = 100_000;

    private final Context context;
    private final HostBond bond;
    private final SerialMailbox mailbox;

    public HostQueue(Context context, MailboxLimits limits) {
        this(context, limits, Internals.work());
    }

    HostQueue(Context context, MailboxLimits limits, boolean internals) {
        this.context = context;
        this.bond = internals ? new InternalBond(context) : new PublicBond(context);
        this.mailbox = new SerialMailbox(new OnContext(), limits, QUANTUM);
        mailbox.attach(bond.frame());
    }

    /** Slices as tasks of the context. */
    private final class OnContext implements SliceScheduler {
        @Override
        public void requireRoom() {
            StackRoom.requireForVertx();
        }

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
        return bond.isRunning();
    }

    public <T> Promise<T> promise() {
        return bond.promise();
    }

    public <T> Future<T> succeeded(@Nullable T value) {
        return bond.succeeded(value);
    }

    public <T> Future<T> failed(Throwable failure) {
        return bond.failed(failure);
    }
}
