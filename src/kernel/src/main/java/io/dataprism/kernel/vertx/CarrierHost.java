package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxImpl;
import io.vertx.core.internal.VertxInternal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailboxes on carriers of the kernel's own: the usual way. Everything of a plugin's context runs in its slices. A plugin whose handlers
 * wait, as it said or as was found, gets its slices on a lane of its own kind.
 */
final class CarrierHost implements MailboxHost {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierHost.class);
    private static final long HELD_UP = 20_000_000;
    private static final long HELD_UP_IN_LANE = 1_000_000;
    private static final int MOST_EXTRA = 256;

    private final VertxImpl vertx;
    private final CarrierOptions options;
    private final CarrierGroup carriers;
    private final BlockingPool blocking;
    private final Holds holds = new Holds();
    private final Map<Mailbox, MailboxVerticle> verticles = new ConcurrentHashMap<>();
    private @Nullable CarrierGroup lane;
    private boolean closed;

    CarrierHost(Vertx vertx, CarrierOptions options) {
        // A host may have wrapped its Vertx; a context's owner is what is inside.
        this.vertx = (VertxImpl) ((VertxInternal) vertx).getOrCreateContext().owner();
        this.options = options;
        startEventLoops();
        this.carriers = new CarrierGroup(
                        "dataprism-carrier-",
                        new CarrierGroup.Size(options.carriers(), options.carriers() + MOST_EXTRA, HELD_UP),
                        this::foundWaiting)
                .watched();
        this.blocking = new BlockingPool(options.blockingThreads());
    }

    /** An event loop that was first needed in a plugin's slice would keep that plugin's loader for good. */
    private void startEventLoops() {
        vertx.nettyEventLoopGroup().forEach(loop -> loop.execute(() -> {}));
    }

    @Override
    public Future<PluginDeployment> deploy(Order order) {
        return deploy(order, carriers);
    }

    /** The same for a plugin that says that its handlers wait. */
    Future<PluginDeployment> deployWaiting(Order order) {
        return deploy(order, lane());
    }

    private Future<PluginDeployment> deploy(Order order, SliceScheduler scheduler) {
        SerialMailbox mailbox =
                new SerialMailbox(scheduler, order.limits(), options.quantum().toNanos(), order.hook(), holds);
        BlockingLane work =
                new BlockingLane(blocking::execute, blocking::grow, options.blockingPerPlugin(), order.hook(), holds);
        MailboxVerticle hosted = new MailboxVerticle(vertx, order, mailbox, work);
        verticles.put(mailbox, hosted);
        hosted.ended().onComplete(ended -> verticles.remove(mailbox));
        Future<?> managed = vertx.deploymentManager().deploy(null, vertx.getOrCreateContext(), hosted);
        // The manager's own future comes by way of an event loop. It is needed where something is to be taken back, and
        // otherwise the manager, which asked first, knows of the start by now.
        return hosted.started()
                .transform(start ->
                        start.succeeded() ? Future.succeededFuture(new MailboxDeployment(hosted)) : managed.mapEmpty());
    }

    /** Threads of their own for plugins that wait, from the first such plugin on. */
    private synchronized CarrierGroup lane() {
        CarrierGroup known = lane;
        if (known == null) {
            known = new CarrierGroup(
                    "dataprism-waiting-",
                    new CarrierGroup.Size(1, options.waitingThreads(), HELD_UP_IN_LANE),
                    mailbox -> {});
            lane = known;
            if (closed) {
                known.close();
            } else {
                known.watched();
            }
        }
        return known;
    }

    /** On the carriers' watch: a slice waits, and holds its carrier while it does. */
    private void foundWaiting(SerialMailbox mailbox) {
        MailboxVerticle hosted = verticles.get(mailbox);
        if (hosted != null && hosted.isFoundWaitingOnceTooOften()) {
            mailbox.servedBy(lane());
            LOG.info(
                    "Plugin '{}' waits in its handlers, which holds up a carrier: it has its slices on the lane for"
                            + " such plugins from now on. Say so in its manifest, blocking: true, or use"
                            + " context.blocking().",
                    hosted.id());
        }
    }

    @Override
    public void abandon(Mailbox mailbox) {
        MailboxVerticle hosted = verticles.get(mailbox);
        if (hosted != null) {
            mailbox.close();
            carriers.abandon(hosted.mailbox());
            CarrierGroup waiting = startedLane();
            if (waiting != null) {
                waiting.abandon(hosted.mailbox());
            }
            hosted.giveUp();
        }
    }

    private synchronized @Nullable CarrierGroup startedLane() {
        return lane;
    }

    @Override
    public void renewThreads() {
        carriers.renew();
        CarrierGroup waiting = startedLane();
        if (waiting != null) {
            waiting.renew();
        }
        blocking.renew();
    }

    @Override
    public Map<String, PluginId> deployed() {
        Map<String, PluginId> ids = new ConcurrentHashMap<>();
        verticles.values().forEach(hosted -> hosted.deploymentId().ifPresent(id -> ids.put(id, hosted.id())));
        return ids;
    }

    @Override
    public Map<Thread, PluginId> running() {
        Map<Thread, PluginId> threads = new HashMap<>();
        verticles.values().forEach(hosted -> {
            hosted.mailbox().runningOn().ifPresent(thread -> threads.put(thread, hosted.id()));
            hosted.lane().threads().forEach(thread -> threads.put(thread, hosted.id()));
        });
        return threads;
    }

    @Override
    public synchronized void close() {
        closed = true;
        carriers.close();
        if (lane != null) {
            lane.close();
        }
        blocking.close();
        holds.close();
    }
}
