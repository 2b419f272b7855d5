package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The consumers of a link's context, each by whose it is. Safe to use from any thread. */
final class BusConsumers {
    private final EventBus bus;
    private final BusAccess access;
    private final Context context;
    private final Map<Object, Queue<MessageConsumer<?>>> byOwner = new ConcurrentHashMap<>();

    private final Arrival arrival;

    /** What is done with a message that came over the bus, around its handler. */
    interface Arrival {
        void of(Message<Object> message, Handler<Message<Object>> handler);
    }

    /** @param context where handlers run */
    BusConsumers(EventBus bus, BusAccess access, Context context, Arrival arrival) {
        this.bus = bus;
        this.access = access;
        this.context = context;
        this.arrival = arrival;
    }

    /** What is done with messages at one address, known again at the bus by its class and whose it is. */
    private final class Taking implements Handler<Message<Object>> {
        private final Handler<Message<Object>> handler;

        Taking(Handler<Message<Object>> handler) {
            this.handler = handler;
        }

        @Override
        public void handle(Message<Object> message) {
            arrival.of(message, handler);
        }

        private boolean isOf(BusConsumers those) {
            return those == BusConsumers.this;
        }
    }

    /**
     * Consume {@code address} until {@code owner} is removed; registered on this node once this returns.
     *
     * @return completes once the other nodes know of it, too
     */
    Future<Void> add(Object owner, String address, Handler<Message<Object>> handler) {
        Promise<Void> known = Promise.promise();
        access.as(context, () -> {
            MessageConsumer<Object> consumer = bus.consumer(address, new Taking(handler));
            keep(owner, consumer);
            consumer.completion().onComplete(known);
        });
        return known.future();
    }

    /** Whoever removes at the same time finds it, or came before it. */
    private void keep(Object owner, MessageConsumer<?> consumer) {
        byOwner.compute(owner, (key, held) -> {
            Queue<MessageConsumer<?>> all = held == null ? new ConcurrentLinkedQueue<>() : held;
            all.add(consumer);
            return all;
        });
    }

    void remove(Object owner) {
        Queue<MessageConsumer<?>> held = byOwner.remove(owner);
        if (held != null) {
            held.forEach(MessageConsumer::unregister);
        }
    }

    /** Hand what host code sends to the one of these at its address, on its thread; whether there is one, and only one. */
    boolean take(DeliveryContext<Object> delivery) {
        Message<Object> message = delivery.message();
        if (access.onlyHandler(message.address()) instanceof Taking taking && taking.isOf(this)) {
            BusAccess.arrived(delivery);
            taking.handler.handle(message);
            return true;
        }
        return false;
    }

    /** Completes once none is left. */
    Future<Void> close() {
        List<Future<?>> ends = new ArrayList<>();
        byOwner.values().forEach(held -> held.forEach(consumer -> ends.add(consumer.unregister())));
        byOwner.clear();
        return Future.join(ends).mapEmpty();
    }
}
