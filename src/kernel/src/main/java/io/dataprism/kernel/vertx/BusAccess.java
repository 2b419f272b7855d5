package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.OutboundDeliveryContext;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the event bus knows but does not say. Safe to use from any thread. */
public final class BusAccess {
    private final VertxInternal vertx;
    private final @Nullable Map<?, ?> handlers;

    public BusAccess(Vertx vertx) {
        this.vertx = ((VertxInternal) vertx).getOrCreateContext().owner();
        this.handlers = handlersOf(this.vertx);
    }

    private static @Nullable Map<?, ?> handlersOf(VertxInternal vertx) {
        if (!(vertx.eventBus() instanceof EventBusImpl bus)) {
            return null;
        }
        try {
            Field field = EventBusImpl.class.getDeclaredField("handlerMap");
            field.setAccessible(true);
            return (Map<?, ?>) field.get(bus);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            // On a module path that does not open Vert.x: then every address is taken to have consumers.
            return null;
        }
    }

    /** Whether this can tell who consumes; else {@link #hasConsumers} always says yes. */
    public boolean knowsConsumers() {
        return handlers != null;
    }

    /** Whether anybody on this node consumes {@code address}. */
    public boolean hasConsumers(String address) {
        Map<?, ?> known = handlers;
        return known == null || known.containsKey(address);
    }

    public boolean isClustered() {
        return vertx.isClustered();
    }

    /** Whether a node that is still a member, this one included, consumes {@code address}. */
    public Future<Boolean> isServed(String address) {
        if (hasConsumers(address)) {
            return Future.succeededFuture(true);
        }
        ClusterManager cluster = vertx.clusterManager();
        if (cluster == null) {
            return Future.succeededFuture(false);
        }
        Promise<List<RegistrationInfo>> registrations = Promise.promise();
        cluster.getRegistrations(address, registrations);
        return registrations.future().map(all -> {
            // Those of a member that is gone are cleaned up a little later.
            List<String> members = cluster.getNodes();
            return all.stream().anyMatch(one -> members.contains(one.nodeId()));
        });
    }

    /** A new event-loop context that belongs to nobody's deployment. */
    public Context newContext() {
        return vertx.contextBuilder().build();
    }

    /** Run {@code action} here and now, with {@code context} as Vert.x's current one, so that a consumer made in it belongs there. */
    public static void as(Context context, Runnable action) {
        ((ContextInternal) context).dispatch(action);
    }

    /** The mailbox in whose plugin's context the calling code runs, on whatever thread; null elsewhere. Asked at each send. */
    public static @Nullable Mailbox currentMailbox() {
        ContextInternal current = ContextInternal.current();
        return current != null && current.executor() instanceof SerialMailbox mailbox ? mailbox : null;
    }

    /** Whether {@code message} came from another node. */
    public static boolean isFromWire(Message<?> message) {
        return message instanceof ClusteredMessage<?, ?> clustered && clustered.isFromWire();
    }

    /** End a delivery that an interceptor refuses, so that nobody waits for it. */
    public static void refuse(DeliveryContext<?> delivery, int code, PluginException why) {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, why.getMessage());
        if (delivery instanceof OutboundDeliveryContext<?> outbound) {
            outbound.tryFail(failure);
        } else if (delivery.message().replyAddress() != null) {
            delivery.message().fail(code, why.getMessage());
        }
    }
}
