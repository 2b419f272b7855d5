package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One verticle on one mailbox, as the kernel sees it. */
final class MailboxDeployment implements PluginDeployment {
    private final MailboxVerticle verticle;
    private @Nullable Future<Void> undeployed;
    private @Nullable Afterlife afterlife;

    MailboxDeployment(MailboxVerticle verticle) {
        this.verticle = verticle;
    }

    @Override
    public String deploymentId() {
        return verticle.managed().id();
    }

    @Override
    public Context context() {
        return verticle.here();
    }

    @Override
    public Mailbox mailbox() {
        return verticle.mailbox();
    }

    @Override
    public void execute(Runnable action) {
        verticle.mailbox().execute(action);
    }

    @Override
    public ScheduledExecutorService clock() {
        return verticle.here().nettyEventLoop();
    }

    @Override
    public ClassLoader classLoader() {
        return verticle.loader();
    }

    @Override
    public <T> Promise<T> promise() {
        return new SlicePromise<>(plainPromise(), this::inSlice);
    }

    private void inSlice(Runnable completing) {
        if (verticle.mailbox().isRunner()) {
            completing.run();
        } else if (!verticle.mailbox().push(new Completion(completing))) {
            afterlife().execute(completing);
        }
    }

    private synchronized Executor afterlife() {
        if (afterlife == null) {
            afterlife = new Afterlife("dataprism-after-" + verticle.id());
        }
        return afterlife;
    }

    /** Completes a future in a slice, or after the last one. */
    private final class Completion extends MailboxEntry {
        private final Runnable completing;

        Completion(Runnable completing) {
            this.completing = completing;
        }

        @Override
        protected void run() {
            completing.run();
        }

        @Override
        protected void discarded() {
            afterlife().execute(completing);
        }
    }

    @Override
    public <T> Promise<T> plainPromise() {
        return verticle.here().promise();
    }

    @Override
    public <T> Future<T> succeeded(@Nullable T result) {
        return verticle.here().succeededFuture(result);
    }

    @Override
    public <T> Future<T> failed(Throwable cause) {
        return verticle.here().failedFuture(cause);
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        return verticle.here().executeBlocking(work, false);
    }

    @Override
    public void release() {
        verticle.mailbox().release();
        verticle.lane().release();
    }

    @Override
    public void meter() {
        verticle.lane().meter();
    }

    @Override
    public synchronized Future<Void> undeploy() {
        if (undeployed == null) {
            undeployed = verticle.ended().isComplete()
                    ? Future.succeededFuture()
                    : verticle.managed().undeploy(verticle.vertx().getOrCreateContext());
        }
        return undeployed;
    }
}
