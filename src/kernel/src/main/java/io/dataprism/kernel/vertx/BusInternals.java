package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.HandlerHolder;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import io.vertx.core.eventbus.impl.OutboundDeliveryContext;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import io.vertx.core.impl.utils.ConcurrentCyclicSequence;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the event bus knows but does not say. Safe to use from any thread. */
final class BusInternals {
    private final VertxInternal vertx;
    private final @Nullable Map<?, ?> handlers;
    private final @Nullable BusShortcut shortcut;

    BusInternals(Vertx vertx) {
        this.vertx = ((VertxInternal) vertx).getOrCreateContext().owner();
        this.handlers = handlersOf(this.vertx);
        this.shortcut = BusShortcut.of(this.vertx);
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

    boolean knowsConsumers() {
        return handlers != null;
    }

    boolean hasConsumers(String address) {
        Map<?, ?> known = handlers;
        return known == null || known.containsKey(address);
    }

    /** The addresses that are consumed; who goes through them sees some that come and go meanwhile, and some not. */
    Iterable<String> addresses() {
        Map<?, ?> known = handlers;
        return known == null
                ? List.of()
                : () -> known.keySet().stream().map(String::valueOf).iterator();
    }

    /** Who consumes {@code address} in another context than {@code ours}. */
    List<BusConsumer> consumers(String address, Context ours) {
        List<BusConsumer> found = new ArrayList<>();
        holders(address, holder -> {
            if (holder.getContext().unwrap() != ((ContextInternal) ours).unwrap()) {
                found.add(new BusConsumer(address, who(holder)));
            }
        });
        return found;
    }

    private void holders(String address, Consumer<HandlerHolder<?>> each) {
        if (handlers != null && handlers.get(address) instanceof Iterable<?> all) {
            all.forEach(one -> {
                if (one instanceof HandlerHolder<?> holder) {
                    each.accept(holder);
                }
            });
        }
    }

    private static String who(HandlerHolder<?> holder) {
        Object handler = holder.getHandler() instanceof MessageConsumerImpl<?> consumer ? consumer.getHandler() : null;
        return handler == null
                ? "a consumer without a handler"
                : handler.getClass().getName();
    }

    /** Take the consumers away that code in the context of {@code mailbox} has made of {@code address}; whether there were any. */
    boolean evict(String address, Mailbox mailbox) {
        List<HandlerHolder<?>> evicted = new ArrayList<>();
        holders(address, holder -> {
            if (isOf(holder.getContext(), mailbox)) {
                evicted.add(holder);
            }
        });
        evicted.forEach(holder -> holder.getHandler().unregister());
        return !evicted.isEmpty();
    }

    private static boolean isOf(ContextInternal context, Mailbox mailbox) {
        return context.executor() instanceof MailboxExecutor executor
                ? executor.mailbox() == mailbox
                : ContextHost.of(context) == mailbox;
    }

    boolean publish(String address, BusMail mail) {
        return shortcut != null && shortcut.publish(address, mail);
    }

    boolean isBare() {
        return shortcut != null && handlers != null && shortcut.isOpen();
    }

    /** The handler of the one that consumes {@code address}; null where there are none or several. */
    @Nullable
    Handler<?> onlyHandler(String address) {
        Object held = handlers == null ? null : handlers.get(address);
        return held instanceof ConcurrentCyclicSequence<?> all
                        && all.size() == 1
                        && all.first() instanceof HandlerHolder<?> holder
                        && holder.getHandler() instanceof MessageConsumerImpl<?> consumer
                ? consumer.getHandler()
                : null;
    }

    static boolean mayHaveHeaders(Message<?> message) {
        return BusShortcut.mayHaveHeaders(message);
    }

    /** {@code delivery} has arrived where it should. */
    static void arrived(DeliveryContext<?> delivery) {
        ((OutboundDeliveryContext<?>) delivery).tryComplete(null);
    }

    Future<Boolean> isServed(String address) {
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

    Context newContext() {
        return vertx.contextBuilder().build();
    }

    static void as(Context context, Runnable action) {
        ((ContextInternal) context).dispatch(action);
    }

    static @Nullable Mailbox currentMailbox() {
        ContextInternal current = ContextInternal.current();
        return current != null && current.executor() instanceof MailboxExecutor executor ? executor.mailbox() : null;
    }

    static boolean isFromWire(Message<?> message) {
        return message instanceof ClusteredMessage<?, ?> clustered && clustered.isFromWire();
    }

    /** Whether {@code delivery} was on its way out, and was ended. */
    static boolean end(DeliveryContext<?> delivery, ReplyException failure) {
        if (delivery instanceof OutboundDeliveryContext<?> outbound) {
            outbound.tryFail(failure);
            return true;
        }
        return false;
    }
}
