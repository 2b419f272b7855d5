package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the event bus knows but does not say, and the cautious answer where this Vert.x does not let us look. Safe to use from any
 * thread.
 */
public final class BusAccess implements AutoCloseable {
    /** Whether there are other nodes, when messages don't tell where they are from. */
    private static volatile boolean others;

    private final Vertx vertx;
    private final Optional<BusInternals> inside;
    private final Optional<OwnContext> own;

    public BusAccess(Vertx vertx) {
        this(vertx, Internals.work());
        mind(vertx);
    }

    private static void mind(Vertx vertx) {
        if (vertx.isClustered()) {
            others = true;
        }
    }

    private BusAccess(Vertx vertx, boolean internals) {
        this.vertx = vertx;
        this.inside = internals ? Optional.of(new BusInternals(vertx)) : Optional.empty();
        this.own = internals ? Optional.empty() : Optional.of(new OwnContext(vertx));
    }

    /** Whether this can tell who consumes; else {@link #hasConsumers} always says yes. */
    public boolean knowsConsumers() {
        return inside.isPresent() && inside.get().knowsConsumers();
    }

    /** Whether anybody on this node consumes {@code address}. */
    public boolean hasConsumers(String address) {
        return inside.isEmpty() || inside.get().hasConsumers(address);
    }

    /** The addresses that are consumed on this node, as they come and go; none where this can't tell. */
    public Iterable<String> addresses() {
        return inside.map(BusInternals::addresses).orElse(List.of());
    }

    /** Who else consumes {@code address}, in another context than {@code ours}; nobody where this can't tell. */
    public List<BusConsumer> consumers(String address, Context ours) {
        return inside.map(known -> known.consumers(address, ours)).orElse(List.of());
    }

    /** Take the consumers away that code in the context of {@code mailbox} has made of {@code address}; whether any could be found. */
    public boolean evict(String address, Mailbox mailbox) {
        return inside.isPresent() && inside.get().evict(address, mailbox);
    }

    /**
     * Publish {@code mail} to whoever consumes {@code address} on this node, which is all there are. Whether it was; else it has to be published by
     * the bus itself, since others intercept or measure what it sends, or have nodes of theirs.
     */
    public boolean publish(String address, BusMail mail) {
        return inside.isPresent() && inside.get().publish(address, mail);
    }

    /**
     * Whether what is sent on this bus passes nobody but kernels: nobody else intercepts, measures or traces it, and it is for this node. Then it may
     * be taken where it is sent, if {@link #arrived} is told.
     */
    public boolean isBare() {
        return inside.isPresent() && inside.get().isBare();
    }

    /** The handler of the one that consumes {@code address}; null where there are none or several. Of a bus that {@link #isBare}. */
    public @Nullable Handler<?> onlyHandler(String address) {
        return inside.isPresent() ? inside.get().onlyHandler(address) : null;
    }

    /** {@code delivery}, which was on its way out over a bus that {@link #isBare}, has been taken and goes no further. */
    public static void arrived(DeliveryContext<?> delivery) {
        BusInternals.arrived(delivery);
    }

    /** Whether {@code message} may have headers: to ask it for them makes some. */
    public static boolean mayHaveHeaders(Message<?> message) {
        return !Internals.work() || BusInternals.mayHaveHeaders(message);
    }

    public boolean isClustered() {
        return vertx.isClustered();
    }

    /** Whether a node that is still a member, this one included, consumes {@code address}. */
    public Future<Boolean> isServed(String address) {
        return inside.isPresent() ? inside.get().isServed(address) : Future.succeededFuture(true);
    }

    /** An event-loop context that belongs to nobody's deployment; the same one each time where Vert.x's internals don't work. */
    public Context newContext() {
        return inside.map(BusInternals::newContext)
                .orElseGet(() -> own.orElseThrow().context());
    }

    /** Run {@code action} at once, with {@code context}, which {@link #newContext} made, as Vert.x's current one, so that a consumer made in it belongs there. */
    public void as(Context context, Runnable action) {
        if (own.isPresent()) {
            own.get().run(action);
        } else {
            BusInternals.as(context, action);
        }
    }

    /** The mailbox in whose plugin's context the calling code runs, on whatever thread; null elsewhere. Asked at each send. */
    public static @Nullable Mailbox currentMailbox() {
        Mailbox mailbox = Internals.work() ? BusInternals.currentMailbox() : null;
        return mailbox == null ? ContextHost.current() : mailbox;
    }

    /** Whether {@code message} came from another node, or may have. */
    public static boolean isFromWire(Message<?> message) {
        return Internals.work() ? BusInternals.isFromWire(message) : others;
    }

    /** End a delivery that an interceptor refuses, so that nobody waits for it. */
    public static void refuse(DeliveryContext<?> delivery, int code, PluginException why) {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, why.getMessage());
        boolean ended = Internals.work() && BusInternals.end(delivery, failure);
        if (!ended && delivery.message().replyAddress() != null) {
            delivery.message().fail(code, why.getMessage());
        }
    }

    @Override
    public void close() {
        own.ifPresent(OwnContext::close);
    }
}
