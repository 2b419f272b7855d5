package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.vertx.SharedBuffersAccess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What host code freezes once it sends often, and nothing of it is copied on the way to a plugin and back. */
final class HostFreezeTest extends KernelTest {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void echo() throws Exception {
        load(PluginJar.of("echo").capability("say", "return Future.succeededFuture(call.body());"));
        await(kernel.events().subscribe("data", event -> heard.add(event.body())));
    }

    private Object called(Object body) throws Exception {
        return await(kernel.call("echo", "say", body));
    }

    private Object published(Object body) throws Exception {
        await(kernel.events().publish("data", body));
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void jsonPassesByReferenceInCallsAndEvents() throws Exception {
        JsonObject frozen = kernel.messages().freeze(new JsonObject().put("rows", new JsonArray().add("text")));
        JsonArray array = kernel.messages().freeze(new JsonArray().add(frozen));
        for (int i = 0; i < 2; i++) {
            assertSame(frozen.getMap(), ((JsonObject) called(frozen)).getMap());
            assertSame(frozen.getMap(), ((JsonObject) published(frozen)).getMap());
            assertSame(array.getList(), ((JsonArray) called(array)).getList());
            assertSame(array.getList(), ((JsonArray) published(array)).getList());
        }
    }

    @Test
    void bytesPassByReferenceInCallsAndEvents() throws Exception {
        Buffer frozen = kernel.messages().freeze(Buffer.buffer(new byte[1 << 20]));
        Object bytes = SharedBuffersAccess.bytesOf(frozen);
        for (int i = 0; i < 2; i++) {
            assertSame(bytes, SharedBuffersAccess.bytesOf((Buffer) called(frozen)));
            assertSame(bytes, SharedBuffersAccess.bytesOf((Buffer) published(frozen)));
        }
    }

    @Test
    void itKeepsWhatItWas() {
        JsonObject mine = new JsonObject().put("a", 1);
        JsonObject frozen = kernel.messages().freeze(mine);
        mine.put("a", 2);
        assertEquals(new JsonObject().put("a", 1), frozen);
        assertThrows(UnsupportedOperationException.class, () -> frozen.put("b", 1));
        assertEquals(2, frozen.copy().put("b", 1).size());
    }

    @Test
    void whatCanNotBeSentCanNotBeFrozen() {
        JsonObject unfit = new JsonObject();
        unfit.getMap().put("date", new Date());
        PluginException refused =
                assertThrows(PluginException.class, () -> kernel.messages().freeze(unfit));
        assertEquals("DP-0403", refused.code());
    }
}
