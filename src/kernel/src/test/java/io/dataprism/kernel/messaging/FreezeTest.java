package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.Event;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.vertx.SharedBuffersAccess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payload that its sender freezes once and sends often. */
class FreezeTest {
    private final Node node = new Node();
    private Node.Plugin sender;
    private final List<BlockingQueue<Event>> received = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        sender = node.plugin("sender", "event-publish:**").serve();
        for (String name : List.of("one", "two")) {
            Node.Plugin receiver = node.plugin(name, "event-subscribe:**").serve();
            BlockingQueue<Event> events = new LinkedBlockingQueue<>();
            receiver.run(() -> receiver.endpoint.events().subscribe("data", events::add));
            received.add(events);
        }
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private List<Object> publish(Object body) throws Exception {
        sender.run(() -> sender.endpoint.events().publish("data", body));
        List<Object> bodies = new ArrayList<>();
        for (BlockingQueue<Event> events : received) {
            bodies.add(next(events).body());
        }
        return bodies;
    }

    @Test
    void bytesAreSentManyTimesAndNeverCopied() throws Exception {
        Buffer frozen = sender.endpoint.freeze(Buffer.buffer(new byte[1 << 20]));
        Object bytes = SharedBuffersAccess.bytesOf(frozen);
        for (int i = 0; i < 3; i++) {
            for (Object body : publish(frozen)) {
                assertNotSame(frozen, body, "each has a buffer of its own around the bytes");
                assertSame(bytes, SharedBuffersAccess.bytesOf((Buffer) body));
            }
        }
        assertSame(bytes, SharedBuffersAccess.bytesOf(sender.endpoint.freeze(frozen)));
    }

    @Test
    void jsonIsSentManyTimesAndNeverCopied() throws Exception {
        JsonObject frozen = sender.endpoint.freeze(new JsonObject().put("rows", new JsonArray().add("text")));
        for (Object body : publish(frozen)) {
            assertSame(frozen.getMap(), ((JsonObject) body).getMap());
        }
        JsonArray array = sender.endpoint.freeze(new JsonArray().add(frozen));
        for (Object body : publish(array)) {
            assertSame(array.getList(), ((JsonArray) body).getList());
        }
    }

    @Test
    void itKeepsWhatItWasAndNobodyChangesIt() throws Exception {
        JsonObject mine = new JsonObject().put("list", new JsonArray().add(1));
        Buffer bytes = Buffer.buffer("text");
        JsonObject frozen = sender.endpoint.freeze(mine);
        Buffer frozenBytes = sender.endpoint.freeze(bytes);
        mine.getJsonArray("list").add(2);
        bytes.setByte(0, (byte) 'n');
        assertEquals(new JsonObject().put("list", new JsonArray().add(1)), frozen);
        assertEquals("text", frozenBytes.toString());
        assertThrows(RuntimeException.class, () -> frozen.put("more", 1));
        assertThrows(RuntimeException.class, () -> frozen.getJsonArray("list").add(3));
        assertThrows(RuntimeException.class, () -> frozenBytes.setByte(0, (byte) 'n'));
        frozen.copy().put("more", 1);
    }

    @Test
    void whatCanNotBeSentCanNotBeFrozen() {
        JsonObject unfit = new JsonObject();
        unfit.getMap().put("date", new Date());
        assertEquals(
                "DP-0403",
                assertThrows(PluginException.class, () -> sender.endpoint.freeze(unfit))
                        .code());
    }
}
