package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which message is which, and which one was sent for which. */
class TraceTest {
    private final Node node = new Node();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Node.Plugin listener() throws Exception {
        Node.Plugin listener = node.plugin("listener", "event-subscribe:**").serve();
        listener.run(() -> listener.endpoint.events().subscribe("**", events::add));
        return listener;
    }

    @Test
    void whatIsSentWhileAnEventIsHandledNamesIt() throws Exception {
        listener();
        node.serving("callee", Capabilities.of("cap", call -> {
            calls.add(call);
            return Future.succeededFuture();
        }));
        Node.Plugin relay = node.plugin("relay", "event-subscribe:first", "event-publish:**", "call:callee:*")
                .serve();
        relay.run(() -> relay.endpoint.events().subscribe("first", event -> {
            relay.endpoint.events().publish("second", null);
            relay.endpoint.calls().call("callee", "cap", null);
        }));
        relay.run(() -> relay.endpoint.events().publish("first", null));
        Event first = next(events);
        Event second = next(events);
        assertEquals("first", first.topic());
        assertEquals(Optional.empty(), first.cause());
        assertEquals(Optional.of(first.id()), second.cause());
        assertNotEquals(first.id(), second.id());
        assertEquals(first.id(), first.trace().id());
        assertEquals(Optional.of(first.id()), next(calls).cause());
        relay.run(() -> relay.endpoint.events().publish("later", null));
        assertEquals(Optional.empty(), next(events).cause(), "it is handled no more");
    }

    @Test
    void whatFollowsOnAnAnswerNamesItsCall() throws Exception {
        listener();
        node.serving("callee", Capabilities.of("cap", call -> {
            calls.add(call);
            return Future.succeededFuture();
        }));
        Node.Plugin caller =
                node.plugin("caller", "event-publish:**", "call:callee:*").serve();
        caller.run(() -> caller.endpoint
                .calls()
                .call("callee", "cap", null)
                .compose(answer -> caller.endpoint.events().publish("answered", null)));
        assertEquals(Optional.of(next(calls).id()), next(events).cause());
    }

    @Test
    void callsOnBehalfOfACallNameIt() throws Exception {
        BlockingQueue<Call> outer = new LinkedBlockingQueue<>();
        node.serving("callee", Capabilities.of("cap", call -> {
            calls.add(call);
            return Future.succeededFuture();
        }));
        Node.Plugin[] middle = new Node.Plugin[1];
        middle[0] = node.serving(
                "middle",
                Capabilities.of("cap", call -> {
                    outer.add(call);
                    return middle[0]
                            .deployment
                            .blocking(() -> 1)
                            .compose(later -> call.calls().call("callee", "cap", null));
                }),
                "call:callee:*");
        await(node.host().calls().call("middle", "cap", null));
        assertEquals(Optional.of(next(outer).id()), next(calls).cause());
    }

    @Test
    void channelMessagesAndRequestsNameWhatTheyWereSentFor() throws Exception {
        Node.Plugin a = node.plugin("a", "channel").serve();
        Node.Plugin b = node.plugin("b", "channel").serve();
        BlockingQueue<ChannelMessage> atA = new LinkedBlockingQueue<>();
        BlockingQueue<ChannelMessage> atB = new LinkedBlockingQueue<>();
        Channel ofA = a.run(() -> a.endpoint.channels().create("talk", Set.of("b")));
        Channel ofB = b.run(() -> b.endpoint.channels().join("talk"));
        ofA.onMessage(message -> {
            atA.add(message);
            return Future.succeededFuture();
        });
        ofB.onMessage(message -> {
            atB.add(message);
            ofB.send("a", "back");
            return ofB.request("a", "sure?", CallOptions.DEFAULT);
        });
        a.run(() -> ofA.send("b", "there"));
        ChannelMessage there = next(atB);
        assertEquals(Optional.empty(), there.cause());
        for (ChannelMessage back : List.of(next(atA), next(atA))) {
            assertEquals(Optional.of(there.id()), back.cause());
            assertTrue(back.id().startsWith("n1-"), back.id());
        }
    }

    @Test
    void rawConsumersFindThemInHeadersAndHostCodeCannotClaimThem() throws Exception {
        listener();
        BlockingQueue<Message<Object>> raw = new LinkedBlockingQueue<>();
        node.vertx.eventBus().consumer("event:second", raw::add);
        node.serving("callee", Capabilities.of("cap", call -> {
            calls.add(call);
            return Future.succeededFuture();
        }));
        Node.Plugin relay = node.plugin("relay", "event-subscribe:first", "event-publish:**")
                .serve();
        relay.run(() -> relay.endpoint
                .events()
                .subscribe("first", event -> relay.endpoint.events().publish("second", null)));
        relay.run(() -> relay.endpoint.events().publish("first", null));
        Event first = next(events);
        Event second = next(events);
        Message<Object> heard = next(raw);
        assertEquals(second.id(), heard.headers().get("dp-id"));
        assertEquals(first.id(), heard.headers().get("dp-cause"));
        DeliveryOptions claimed =
                new DeliveryOptions().addHeader("dp-id", first.id()).addHeader("dp-cause", first.id());
        await(node.vertx.eventBus().request("plugin:callee:cap", null, claimed));
        Call call = next(calls);
        assertNotEquals(first.id(), call.id());
        assertEquals(Optional.empty(), call.cause());
    }

    @Test
    void manyThreadsOfOnePartyGetNoIdTwice() throws Exception {
        SentIds ids = new SentIds(new MessageIds("n1"));
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        int each = 3 * (int) MessageIds.BLOCK;
        IntStream.range(0, 4).parallel().forEach(thread -> {
            Set<Long> own = new HashSet<>();
            for (int i = 0; i < each; i++) {
                own.add(ids.next());
            }
            seen.addAll(own);
        });
        assertEquals(4 * each, seen.size());
        assertTrue(!seen.contains(MessageIds.NONE));
    }

    @Test
    void idsOfOtherNodesAreReadAndWhatIsNoneIsNot() {
        MessageIds ids = new MessageIds("n1");
        for (String text : List.of("n1-4097", "node-2-17", "x-99999999999999")) {
            assertEquals(text, ids.text(ids.read(text)));
        }
        for (String text : List.of(
                "", "-", "-1", "n1-", "n1-0", "n1-x", "n1--", "n1-999999999999999", "17", "a".repeat(201) + "-1")) {
            assertEquals(MessageIds.NONE, ids.read(text), text);
        }
        IntStream.range(0, 5_000).forEach(i -> ids.read("node" + i + "-1"));
        assertEquals(MessageIds.NONE, ids.read("onemore-1"), "what other nodes can make this one keep is bounded");
        assertEquals("n1-5", ids.text(ids.read("n1-5")));
    }
}
