package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One sender, one receiver, every way there is between them. */
class OrderTest {
    private static final int MESSAGES = 3_000;

    private final Node node = new Node(options());
    private final List<Integer> got = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    /** How plugins get threads. */
    CarrierOptions options() {
        return Node.SMALL;
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void take(Object body) {
        got.add((Integer) body);
        count.incrementAndGet();
    }

    private Node.Plugin receiver() throws Exception {
        Node.Plugin receiver = node.serving(
                "receiver",
                Capabilities.of("take", call -> {
                    take(call.body());
                    return Future.succeededFuture();
                }),
                "event-subscribe:**",
                "channel");
        receiver.run(() -> receiver.endpoint.events().subscribe("exact", event -> take(event.body())));
        receiver.run(() -> receiver.endpoint.events().subscribe("wild.*", event -> take(event.body())));
        return receiver;
    }

    private static void send(int number, Endpoint from, Channel channel) {
        switch (number % 4) {
            case 0 -> from.events().publish("exact", number);
            case 1 -> channel.send("receiver", number);
            case 2 -> from.calls().call("receiver", "take", number);
            default -> from.events().publish("wild.x", number);
        }
    }

    private void inOrder() throws Exception {
        until(() -> count.get() == MESSAGES);
        for (int i = 0; i < MESSAGES; i++) {
            assertEquals(i, got.get(i));
        }
    }

    @Test
    void eventsCallsAndChannelMessagesOfAPluginArriveInTheirOrder() throws Exception {
        Node.Plugin receiver = receiver();
        Node.Plugin sender =
                node.plugin("sender", "event-publish:**", "channel", "call").serve();
        Channel channel = sender.run(() -> sender.endpoint.channels().create("c", Set.of("receiver")));
        receiver.run(() -> receiver.endpoint.channels().join("c")).onMessage(message -> {
            take(message.message());
            return null;
        });
        for (int i = 0; i < MESSAGES; i += 20) {
            int first = i;
            sender.run(() -> {
                for (int n = first; n < first + 20; n++) {
                    send(n, sender.endpoint, channel);
                }
                return sender.deployment.succeeded(null);
            });
            // The mailbox is small: give it no more than it takes.
            until(() -> count.get() > first - 40);
        }
        inOrder();
    }

    @Test
    void soDoThoseOfTheHost() throws Exception {
        Node.Plugin receiver = receiver();
        Endpoint host = node.host();
        Channel channel = Node.await(host.channels().create("c", Set.of("receiver")));
        receiver.run(() -> receiver.endpoint.channels().join("c")).onMessage(message -> {
            take(message.message());
            return null;
        });
        for (int i = 0; i < MESSAGES; i++) {
            int sent = i;
            send(i, host, channel);
            until(() -> count.get() > sent - 40);
        }
        inOrder();
    }

    @Test
    void orderHoldsWhileSubscriptionsComeAndGo() throws Exception {
        Node.Plugin receiver = receiver();
        Node.Plugin sender = node.plugin("sender", "event-publish:**").serve();
        Node.Plugin churn = node.plugin("churn", "event-subscribe:**").serve();
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            while (count.get() < MESSAGES) {
                for (String pattern : List.of("exact", "wild.*", "**")) {
                    Subscription subscription = churn.endpoint
                            .events()
                            .subscribe(pattern, event -> {})
                            .result();
                    subscription.cancel();
                }
            }
        });
        for (int i = 0; i < MESSAGES; i++) {
            int sent = i;
            sender.endpoint.events().publish(i % 2 == 0 ? "exact" : "wild.x", i);
            until(() -> count.get() > sent - 40);
        }
        inOrder();
        done.join();
        assertEquals(MESSAGES, receiver.run(() -> receiver.deployment.succeeded(got.size())));
    }
}
