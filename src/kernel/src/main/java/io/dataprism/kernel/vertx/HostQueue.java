package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The counterpart of a mailbox for code of the host: entries run on a Vert.x context, and no more than so many wait. */
public final class HostQueue {
    private final ContextInternal context;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();

    public HostQueue(Context context, int limit) {
        this.context = (ContextInternal) context;
        this.limit = limit;
    }

    /** Run {@code entry} on the context; false when too many wait. */
    public boolean offer(MailboxEntry entry) {
        if (waiting.incrementAndGet() > limit) {
            waiting.decrementAndGet();
            return false;
        }
        context.runOnContext(go -> {
            waiting.decrementAndGet();
            entry.run();
        });
        return true;
    }

    /** Run {@code entry} on the context, however many wait. */
    public void push(MailboxEntry entry) {
        context.runOnContext(go -> entry.run());
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
