package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Event;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kernel calls nothing that a plugin made outside that plugin's slices, and passes none of it on. */
class PluginObjectsTest {
    private final Node node = new Node();
    private final Set<String> outside = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    /** Notes who calls it from outside its plugin's slices. */
    private final class SpyMap extends AbstractMap<String, Object> {
        private final Node.Plugin owner;

        SpyMap(Node.Plugin owner) {
            this.owner = owner;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            check(owner, "entrySet");
            return Map.<String, Object>of("k", new StringBuilder("v")).entrySet();
        }
    }

    private final class SpyFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Node.Plugin owner;

        SpyFailure(Node.Plugin owner) {
            super("spied", null, false, true);
            this.owner = owner;
        }

        @Override
        public String getMessage() {
            check(owner, "getMessage");
            return super.getMessage();
        }

        @Override
        public String toString() {
            check(owner, "toString");
            return super.toString();
        }
    }

    private void check(Node.Plugin owner, String method) {
        if (!owner.deployment.mailbox().inSlice()) {
            outside.add(method);
        }
    }

    @Test
    void aMapBehindAJsonObjectIsReadInTheSendersSlice() throws Exception {
        Node.Plugin sender = node.plugin("sender", "event-publish:**").serve();
        Node.Plugin receiver = node.plugin("receiver", "event-subscribe:**").serve();
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        receiver.run(() -> receiver.endpoint.events().subscribe("t", got::add));
        sender.run(() -> sender.endpoint.events().publish("t", new JsonObject(new SpyMap(sender))));
        JsonObject body = (JsonObject) next(got).body();
        assertSame(JsonObject.class, body.getClass());
        assertSame(FrozenMap.class, body.getMap().getClass());
        assertEquals("v", body.getValue("k"));
        sender.run(() -> sender.endpoint.events().publish("t", new JsonArray().add(new JsonObject(new SpyMap(sender)) {
                    @Override
                    public JsonObject copy() {
                        throw new IllegalStateException("not mine to copy");
                    }
                })));
        assertEquals("v", ((JsonArray) next(got).body()).getJsonObject(0).getValue("k"));
        assertEquals(Set.of(), outside);
    }

    @Test
    void anAnswerIsReadInTheReceiversSliceWhoeverCompletesIt() throws Exception {
        Promise<Object> later = Promise.promise();
        Node.Plugin[] callee = new Node.Plugin[1];
        callee[0] = node.new Plugin("callee", Set.of("now", "later"));
        callee[0].serve(Capabilities.of("now", call -> Future.succeededFuture(new JsonObject(new SpyMap(callee[0]))))
                .and("later", call -> later.future()));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        assertEquals(
                new JsonObject().put("k", "v"),
                caller.run(() -> caller.endpoint.calls().call("callee", "now", null)));
        Future<Object> answer = caller.start(() -> caller.endpoint.calls().call("callee", "later", null));
        caller.run(() -> caller.deployment.succeeded(null));
        Thread other = new Thread(() -> later.complete(new JsonObject(new SpyMap(callee[0]))));
        other.start();
        assertEquals(new JsonObject().put("k", "v"), await(answer));
        assertEquals(Set.of(), outside);
    }

    @Test
    void aThrowableIsCopiedInTheSliceOfWhoThrewIt() throws Exception {
        Promise<Object> later = Promise.promise();
        Node.Plugin[] callee = new Node.Plugin[1];
        callee[0] = node.new Plugin("callee", Set.of("now", "later"), "event-subscribe:**");
        callee[0].serve(Capabilities.of("now", call -> {
                    throw new SpyFailure(callee[0]);
                })
                .and("later", call -> later.future()));
        Node.Plugin caller = node.plugin("caller", "call", "event-publish:**").serve();
        for (String capability : new String[] {"now", "later"}) {
            Future<Object> answer = caller.start(() -> caller.endpoint.calls().call("callee", capability, null));
            later.tryFail(new SpyFailure(callee[0]));
            CallException failed = assertThrows(CallException.class, () -> await(answer));
            assertTrue(failed.getMessage().contains("SpyFailure: spied"), failed.getMessage());
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                assertTrue(
                        cause instanceof CallException || cause instanceof SafeFailure,
                        cause.getClass().getName());
            }
        }
        callee[0].run(() -> callee[0].endpoint.events().subscribe("t", event -> {
            throw new SpyFailure(callee[0]);
        }));
        caller.run(() -> caller.endpoint.events().publish("t", 1));
        assertEquals("spied", next(node.failures).failure().text());
        assertEquals(Set.of(), outside);
    }

    @Test
    void aThrowableWhoseOwnMethodsThrowIsReportedAllTheSame() throws Exception {
        Node.Plugin bad = node.plugin("bad", "event-subscribe:**").serve();
        bad.run(() -> bad.endpoint.events().subscribe("t", event -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("again");
                }
            };
        }));
        await(node.host().events().publish("t", 1));
        assertTrue(next(node.failures).failure().text().contains("could not be read"));
    }

    /** Stands where a text should: who puts it into a set of its own would run plugin code under the set's lock. */
    private static final class NoText {}

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void nothingButTextsIsKeptOfAChannelsParticipants() throws Exception {
        Node.Plugin maker = node.plugin("maker", "channel").serve();
        for (Set<?> participants : List.of(Set.of(new NoText()), Collections.singleton(null))) {
            PluginException refused = assertThrows(
                    PluginException.class,
                    () -> maker.run(() -> maker.endpoint.channels().create("talk", (Set) participants)));
            assertEquals("DP-0411", refused.code());
        }
        assertEquals(
                Set.of("maker", "b"),
                maker.run(() -> maker.endpoint.channels().create("talk", Set.of("b")))
                        .participants());
    }

    @Test
    void aChannelThatIsMadeWhileItsMakerEndsIsNotLeftBehind() throws Exception {
        Node.Plugin maker = node.plugin("maker", "channel").serve();
        Node.Plugin other = node.plugin("other", "channel").serve();
        Set<String> endsMeanwhile = new AbstractSet<>() {
            @Override
            public Iterator<String> iterator() {
                maker.endpoint.close();
                return List.of("other").iterator();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        PluginException refused = assertThrows(
                PluginException.class,
                () -> maker.run(() -> maker.endpoint.channels().create("talk", endsMeanwhile)));
        assertEquals("DP-0191", refused.code());
        assertEquals(
                Set.of("other"),
                other.run(() -> other.endpoint.channels().create("talk", Set.of()))
                        .participants());
    }
}
