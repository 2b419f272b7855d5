package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One plugin's verticle on a context that Vert.x made; its mailbox's slices are tasks of that context. */
final class ContextVerticle implements Deployable, SliceScheduler {
    private final PluginId id;
    private final Deployable verticle;
    private final ThreadingModel model;
    private final ClassLoader loader;
    private final SerialMailbox mailbox;
    private final BlockingLane lane;
    private final Promise<Object> started = Promise.promise();
    private final Promise<Object> stopped = Promise.promise();
    private final Promise<Void> ended = Promise.promise();
    private final Promise<Void> givenUp = Promise.promise();
    private volatile @Nullable Context context;

    ContextVerticle(ContextHost host, MailboxHost.Order order) {
        this.id = order.id();
        this.verticle = order.verticle();
        this.model = host.model();
        this.loader = order.loader();
        this.mailbox =
                new SerialMailbox(this, order.limits(), host.options().quantum().toNanos(), order.hook(), host.holds());
        this.lane = new BlockingLane(
                this::work, kept -> {}, host.options().blockingPerPlugin(), order.hook(), host.holds());
    }

    PluginId id() {
        return id;
    }

    SerialMailbox mailbox() {
        return mailbox;
    }

    ClassLoader loader() {
        return loader;
    }

    BlockingLane lane() {
        return lane;
    }

    Future<Void> ended() {
        return ended.future();
    }

    Optional<String> deploymentId() {
        return Optional.ofNullable(context).map(Context::deploymentID);
    }

    /** Completes when nobody waits for it any more, though it has not ended. */
    Future<Void> givenUp() {
        return givenUp.future();
    }

    Context here() {
        Context made = context;
        if (made == null) {
            throw new PluginException("DP-0194", "Plugin '" + id + "' is not deployed yet.");
        }
        return made;
    }

    private void work(Runnable task) {
        here().executeBlocking(
                        () -> {
                            task.run();
                            return null;
                        },
                        false);
    }

    @Override
    public void requireRoom() {
        StackRoom.requireForVertx();
    }

    @Override
    public void ready(SerialMailbox ready) {
        here().runOnContext(go -> slice());
    }

    @Override
    public void again(SerialMailbox again) {
        here().runOnContext(go -> slice());
    }

    private void slice() {
        Thread thread = Thread.currentThread();
        CleanThread asItWas = new CleanThread(thread);
        try {
            mailbox.runSlice();
        } finally {
            asItWas.restore(thread);
        }
    }

    /** Whether the calling thread runs a task of the context, and no blocking work. */
    private boolean isTurn() {
        return ContextHost.current() == mailbox
                && (model == ThreadingModel.EVENT_LOOP ? Context.isOnEventLoopThread() : !lane.isHere());
    }

    @Override
    public Future<?> deploy(Context made) {
        context = made;
        ContextHost.mark(made, mailbox);
        mailbox.attach(new TaskFrame(made, this::isTurn));
        mailbox.execute(() -> Outcome.of(() -> verticle.deploy(made), started));
        return started.future();
    }

    @Override
    public Future<?> undeploy(Context made) {
        if (!mailbox.execute(() -> Outcome.of(() -> verticle.undeploy(made), stopped))) {
            stopped.tryComplete();
        }
        return stopped.future().onComplete(done -> end());
    }

    void end() {
        lane.shutdownNow();
        mailbox.close();
        ended.tryComplete();
    }

    void giveUp() {
        mailbox.close();
        mailbox.sliceStartedNanos().ifPresent(mailbox::interrupt);
        started.tryFail(ContextHost.givenUp(id));
        stopped.tryComplete();
        end();
        givenUp.tryComplete();
    }
}
