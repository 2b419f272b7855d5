package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Event;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between plugins and raw consumers and senders on a bus with nobody else on it, messages go a shorter way: that is all that differs. */
class BareBusTest {
    private static final String TOPIC = "weather.update";
    private static final String ADDRESS = "event:" + TOPIC;

    private final Node node = new Node();
    private final EventBus bus = node.vertx.eventBus();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private BlockingQueue<Message<Object>> consumer() throws Exception {
        BlockingQueue<Message<Object>> seen = new LinkedBlockingQueue<>();
        await(bus.consumer(ADDRESS, seen::add).completion());
        return seen;
    }

    private void publish(Object body) throws Exception {
        Node.Plugin plugin =
                node.plugin("p" + System.nanoTime(), "event-publish:**").serve();
        plugin.run(() -> plugin.endpoint.events().publish(TOPIC, body));
    }

    @Test
    void eachConsumerHasABodyAndHeadersOfItsOwn() throws Exception {
        BlockingQueue<Message<Object>> first = consumer();
        BlockingQueue<Message<Object>> second = consumer();
        publish(new JsonObject()
                .put("z", 1)
                .put("inner", new JsonObject().put("b", Buffer.buffer("abc")))
                .put("a", new JsonArray().add(new JsonObject().put("n", 1)).add("x")));
        Message<Object> mine = next(first);
        Message<Object> other = next(second);
        JsonObject body = (JsonObject) mine.body();
        assertEquals(List.of("z", "inner", "a"), List.copyOf(body.fieldNames()));
        body.getJsonObject("inner").getBuffer("b").appendString("d");
        body.getJsonObject("inner").put("more", true);
        body.getJsonArray("a").getJsonObject(0).put("n", 2);
        body.getJsonArray("a").add("y");
        mine.headers().set("mine", "yes");
        JsonObject untouched = (JsonObject) other.body();
        assertEquals("abc", untouched.getJsonObject("inner").getBuffer("b").toString());
        assertEquals(1, untouched.getJsonObject("inner").size());
        assertEquals(1, untouched.getJsonArray("a").getJsonObject(0).getInteger("n"));
        assertEquals(2, untouched.getJsonArray("a").size());
        assertNull(other.headers().get("mine"));
        assertTrue(other.headers().get(RemoteTrust.CALLER).startsWith("plugin:p"));
        assertEquals(mine.headers().get(MessageIds.ID), other.headers().get(MessageIds.ID));
    }

    @Test
    void aBufferIsTheConsumersOwn() throws Exception {
        BlockingQueue<Message<Object>> first = consumer();
        BlockingQueue<Message<Object>> second = consumer();
        publish(Buffer.buffer("abc"));
        Buffer mine = (Buffer) next(first).body();
        Buffer other = (Buffer) next(second).body();
        assertNotSame(mine, other);
        mine.appendString("d");
        assertEquals("abcd", mine.toString());
        assertEquals("abc", other.toString());
    }

    @Test
    void whoeverInterceptsSeesAllFromThenOn() throws Exception {
        BlockingQueue<Message<Object>> seen = consumer();
        BlockingQueue<Object> intercepted = new LinkedBlockingQueue<>();
        Handler<DeliveryContext<Object>> outbound = delivery -> {
            intercepted.add(delivery.body());
            delivery.message().headers().set("through", "host");
            delivery.next();
        };
        publish("before");
        assertNull(next(seen).headers().get("through"));
        bus.addOutboundInterceptor(outbound);
        publish("through it");
        assertEquals("host", next(seen).headers().get("through"));
        assertEquals("through it", next(intercepted));
        bus.removeOutboundInterceptor(outbound);
        publish("after");
        assertNull(next(seen).headers().get("through"));
        assertTrue(intercepted.isEmpty());
    }

    @Test
    void whoeverInterceptsWhatIsReceivedSeesTheBody() throws Exception {
        BlockingQueue<Object> intercepted = new LinkedBlockingQueue<>();
        bus.addInboundInterceptor(delivery -> {
            intercepted.add(delivery.body());
            delivery.next();
        });
        BlockingQueue<Message<Object>> seen = consumer();
        publish(new JsonObject().put("n", 1));
        assertEquals(new JsonObject().put("n", 1), next(intercepted));
        assertEquals(new JsonObject().put("n", 1), next(seen).body());
    }

    @Test
    void aCallIsSeenByWhoeverIntercepts() throws Exception {
        node.serving("x", Capabilities.of("cap", call -> Future.succeededFuture("yes")));
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Handler<DeliveryContext<Object>> inbound = delivery -> {
            received.add(delivery.message().address());
            delivery.next();
        };
        assertEquals("yes", await(bus.request("plugin:x:cap", null)).body());
        bus.addInboundInterceptor(inbound);
        assertEquals("yes", await(bus.request("plugin:x:cap", null)).body());
        assertEquals("plugin:x:cap", next(received));
    }

    @Test
    void aProducersWriteSucceedsWherePluginsHear() throws Exception {
        Node.Plugin plugin = node.plugin("p", "event-subscribe:**").serve();
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
        plugin.run(() -> plugin.endpoint.events().subscribe(TOPIC, heard::add));
        await(bus.publisher(ADDRESS).write("hello"));
        assertEquals("hello", next(heard).body());
    }

    @Test
    void whoeverAsksATopicIsToldThatNobodyAnswers() throws Exception {
        Node.Plugin plugin = node.plugin("p", "event-subscribe:**").serve();
        plugin.run(() -> plugin.endpoint.events().subscribe(TOPIC, event -> {}));
        ReplyException failed = assertThrows(ReplyException.class, () -> await(bus.request(ADDRESS, "hello")));
        assertEquals(ReplyFailure.NO_HANDLERS, failed.failureType());
    }

    @Test
    void whatTheHostSaysOfTheSenderIsReplaced() throws Exception {
        node.serving(
                "x",
                Capabilities.of(
                        "cap", call -> Future.succeededFuture(call.caller().label())));
        DeliveryOptions forged = new DeliveryOptions().addHeader(RemoteTrust.CALLER, "plugin:other");
        assertEquals("host", await(bus.request("plugin:x:cap", null, forged)).body());
    }

    @Test
    void besideAForeignConsumerTheBusChooses() throws Exception {
        node.serving("x", Capabilities.of("cap", call -> Future.succeededFuture("plugin")));
        await(bus.consumer("plugin:x:cap", message -> message.reply("foreigner"))
                .completion());
        List<Object> answers = List.of(
                await(bus.request("plugin:x:cap", null)).body(),
                await(bus.request("plugin:x:cap", null)).body());
        assertTrue(answers.containsAll(List.of("plugin", "foreigner")), answers.toString());
    }
}
