package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReply;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.WhenFull;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.manifest.ManifestReader;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.traffic.DeadLetter;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was not handled is kept, can be looked at, and sent once more. */
class DeadLettersTest {
    private final Node node = new Node();
    private final DeadLetters dead = node.messaging.deadLetters();
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    /** The only one, once there is one. */
    private DeadLetter only() throws Exception {
        until(() -> !dead.all().isEmpty());
        assertEquals(1, dead.all().size(), () -> dead.all().toString());
        return dead.all().get(0);
    }

    private Node.Plugin listener() throws Exception {
        Node.Plugin listener = node.plugin("listener", "event-subscribe:**").serve();
        listener.run(() -> listener.endpoint.events().subscribe("t", event -> {
            events.add(event);
            if (broken.get()) {
                throw new IllegalStateException("out of order");
            }
        }));
        return listener;
    }

    private Future<Object> cap(Call call) {
        calls.add(call);
        return broken.get() ? Future.failedFuture("out of order") : Future.succeededFuture("fine");
    }

    @Test
    void anEventWhoseHandlerFailedIsReplayedToThatReceiverAlone() throws Exception {
        listener();
        AtomicInteger others = new AtomicInteger();
        Node.Plugin other = node.plugin("other", "event-subscribe:**").serve();
        other.run(() -> other.endpoint.events().subscribe("t", event -> others.incrementAndGet()));
        Node.Plugin sender = node.plugin("sender", "event-publish:t").serve();
        sender.run(() -> sender.endpoint.events().publish("t", new JsonObject().put("a", 1)));
        DeadLetter letter = only();
        Event first = next(events);
        assertEquals(Reason.FAILED, letter.reason());
        assertEquals("out of order", letter.error());
        assertEquals("sender", letter.from());
        assertEquals("event:t", letter.to());
        assertEquals("listener", letter.receiver());
        assertEquals(first.id(), letter.id());
        assertEquals(Optional.of(new JsonObject().put("a", 1)), letter.shown());
        until(() -> others.get() == 1);
        broken.set(false);
        assertEquals("1 took it", await(dead.replay(letter.number())));
        Event again = next(events);
        assertEquals(first.body(), again.body());
        assertEquals(first.source(), again.source());
        assertEquals(Optional.of(first.id()), again.cause());
        assertTrue(again.id().endsWith("-replay"), again.id());
        assertEquals(1, others.get());
        assertEquals(
                "DP-0452",
                assertThrows(PluginException.class, () -> await(dead.replay(letter.number())))
                        .code());
    }

    @Test
    void aCallThatAskedForAStreamIsReplayedAsOne() throws Exception {
        node.serving("streamer", Capabilities.of("all", call -> {
            calls.add(call);
            return broken.get()
                    ? Future.failedFuture("out of order")
                    : Future.succeededFuture(
                            StreamReply.ofAll(IntStream.range(0, 1_000).boxed().toList()));
        }));
        Node.Plugin reader = node.plugin("reader", "call").serve();
        assertThrows(
                CallException.class,
                () -> reader.run(() ->
                        reader.endpoint.calls().stream("streamer", "all", null, StreamOptions.DEFAULT.ahead(4, 4096))));
        DeadLetter letter = only();
        assertEquals(Reason.FAILED, letter.reason());
        assertThrows(CallException.class, () -> await(dead.replay(letter.number())));
        DeadLetter again = only();
        assertEquals(Optional.of(letter.id()), again.cause());
        broken.set(false);
        assertEquals("it was answered with a stream of 1000 items", await(dead.replay(again.number())));
        assertTrue(dead.all().isEmpty(), dead.all()::toString);
    }

    @Test
    void aStreamThatWasNotAllowedIsReplayedAsOneOnceItIs() throws Exception {
        node.serving(
                "streamer",
                Capabilities.of("all", call -> Future.succeededFuture(StreamReply.ofAll(List.of("a", "b")))));
        Node.Plugin reader = node.plugin("reader").serve();
        assertThrows(
                CallException.class,
                () -> reader.run(() -> reader.endpoint.calls().stream("streamer", "all", null, StreamOptions.DEFAULT)));
        DeadLetter letter = only();
        assertEquals(Reason.REFUSED, letter.reason());
        Permission call = Permission.parse("call");
        node.grants.requests(reader.id, List.of(call));
        node.grants.grant(Caller.plugin(reader.id), call, "test", "");
        assertEquals("it was answered with a stream of 2 items", await(dead.replay(letter.number())));
    }

    @Test
    void whatFailsAgainIsADeadLetterAgain() throws Exception {
        listener();
        Node.Plugin sender = node.plugin("sender", "event-publish:t").serve();
        sender.run(() -> sender.endpoint.events().publish("t", null));
        DeadLetter letter = only();
        await(dead.replay(letter.number()));
        DeadLetter again = only();
        assertEquals(Optional.of(letter.id()), again.cause());
        assertTrue(again.id().endsWith("-replay"));
    }

    @Test
    void aReplayIsRefusedWhereItsSenderMayNoLongerSend() throws Exception {
        listener();
        Node.Plugin sender = node.plugin("sender", "event-publish:t").serve();
        sender.run(() -> sender.endpoint.events().publish("t", null));
        DeadLetter letter = only();
        next(events);
        node.grants.revoke(sender.id, "event-publish:t");
        assertThrows(PermissionDeniedException.class, () -> await(dead.replay(letter.number())));
        assertEquals(Reason.REFUSED, only().reason());
        assertTrue(events.isEmpty());
    }

    @Test
    void aCallIsKeptAfterItsLastTryOnly() throws Exception {
        node.serving("callee", Capabilities.of("cap", this::cap));
        Node.Plugin caller = node.plugin("caller", "call:callee:*").serve();
        assertThrows(
                CallException.class,
                () -> caller.run(
                        () -> caller.endpoint.calls().call("callee", "cap", "x", CallOptions.DEFAULT.retrying(3))));
        DeadLetter letter = only();
        assertEquals(Kind.CALL, letter.kind());
        assertEquals(Reason.FAILED, letter.reason());
        assertEquals("plugin:callee:cap", letter.to());
        Call first = next(calls);
        broken.set(false);
        assertEquals("it was answered", await(dead.replay(letter.number())));
        Call again = next(calls);
        assertEquals(first.caller(), again.caller());
        assertEquals("x", again.body());
        assertEquals(Optional.of(letter.id()), again.cause());
        assertTrue(dead.all().isEmpty());
    }

    @Test
    void aCallToAPluginThatIsNotThereOrStopsIsKept() throws Exception {
        Node.Plugin caller = node.plugin("caller", "call:callee:*").serve();
        assertThrows(
                CallException.class,
                () -> caller.run(() -> caller.endpoint.calls().call("callee", "cap", null)));
        assertEquals(Reason.UNDELIVERABLE, only().reason());
        assertEquals(Optional.empty(), only().shown(), "nobody knows what of it may be shown");
        dead.dropAll();
        Node.Plugin callee = node.serving("callee", Capabilities.of("cap", call -> {
            calls.add(call);
            return Promise.promise().future();
        }));
        Future<Object> lost = caller.start(() -> caller.endpoint.calls().call("callee", "cap", null));
        next(calls);
        callee.endpoint.close();
        assertThrows(CallException.class, () -> await(lost));
        assertEquals(Reason.LOST, only().reason());
    }

    @Test
    void whatItsCallerGaveUpAndWhatAHandlerAnsweredAreNone() throws Exception {
        Promise<Void> enough = Promise.promise();
        node.serving(
                "callee",
                Capabilities.of("never", call -> {
                            calls.add(call);
                            return Promise.promise().future();
                        })
                        .and(
                                "strict",
                                call -> Future.failedFuture(new CallException(FailureKind.INVALID, "No such city."))));
        Node.Plugin caller = node.plugin("caller", "call:callee:*").serve();
        Future<Object> given = caller.start(() ->
                caller.endpoint.calls().call("callee", "never", null, CallOptions.DEFAULT.until(enough.future())));
        next(calls);
        enough.complete();
        assertThrows(CallException.class, () -> await(given));
        assertThrows(
                CallException.class,
                () -> caller.run(() -> caller.endpoint.calls().call("callee", "strict", null)));
        assertTrue(dead.all().isEmpty(), () -> dead.all().toString());
    }

    @Test
    void anAnswerThatComesTooLateIsCounted() throws Exception {
        Promise<Object> answer = Promise.promise();
        node.serving("callee", Capabilities.of("cap", call -> answer.future()));
        Node.Plugin caller = node.plugin("caller", "call:callee:*").serve();
        assertThrows(
                CallException.class,
                () -> caller.run(() ->
                        caller.endpoint.calls().call("callee", "cap", null, CallOptions.within(Duration.ofMillis(1)))));
        assertEquals(Reason.LATE, only().reason());
        answer.complete("at last");
        until(() -> dead.counts().getLong("unheardAnswers") == 1);
        assertEquals(1, dead.all().size());
    }

    @Test
    void aFullMailboxRefusesAndWhatItsReceiverChoseToDropIsNone() throws Exception {
        Node.Plugin refusing = node.plugin("refusing", "event-subscribe:**").serve();
        refusing.run(() -> refusing.endpoint.events().subscribe("plain", event -> {}));
        refusing.run(() -> refusing.endpoint
                .events()
                .subscribe("newest", SubscribeOptions.whenFull(WhenFull.KEEP_LATEST), event -> {}));
        Node.Plugin sender = node.plugin("sender", "event-publish:**").serve();
        Runnable release = refusing.block();
        int room = Node.SMALL.mailbox().messages();
        sender.run(() -> {
            for (int i = 0; i < room + 5; i++) {
                sender.endpoint.events().publish("newest", i);
            }
            return sender.endpoint.events().publish("plain", "full");
        });
        assertEquals(Reason.FULL, only().reason());
        assertEquals("event:plain", only().to());
        release.run();
    }

    @Test
    void whatWaitsInAMailboxWhenItsPluginEndsIsKept() throws Exception {
        Node.Plugin ending = listener();
        Runnable release = ending.block();
        Node.Plugin sender = node.plugin("sender", "event-publish:t").serve();
        sender.run(() -> sender.endpoint.events().publish("t", 1));
        ending.deployment.mailbox().close();
        release.run();
        assertEquals(Reason.LOST, only().reason());
    }

    @Test
    void aChannelMessageFindsItsParticipantLater() throws Exception {
        Node.Plugin a = node.plugin("a", "channel").serve();
        Node.Plugin b = node.plugin("b", "channel").serve();
        Channel ofA = a.run(() -> a.endpoint.channels().create("talk", Set.of("b")));
        assertThrows(CallException.class, () -> a.run(() -> ofA.send("b", "hello")));
        DeadLetter letter = only();
        assertEquals(Reason.UNDELIVERABLE, letter.reason());
        assertEquals("channel:talk:b", letter.to());
        BlockingQueue<ChannelMessage> got = new LinkedBlockingQueue<>();
        Channel ofB = b.run(() -> b.endpoint.channels().join("talk"));
        ofB.onMessage(message -> {
            got.add(message);
            return null;
        });
        assertEquals("its mailbox took it", await(dead.replay(letter.number())));
        ChannelMessage again = next(got);
        assertEquals("a", again.from());
        assertEquals("hello", again.message());
        assertEquals(Optional.of(letter.id()), again.cause());
    }

    @Test
    void whatIsSensitiveIsNotKept() throws Exception {
        PluginContracts contracts =
                PluginContracts.of(ManifestReader.read("plugin.yaml", """
                id: shop
                version: 1.0.0
                main: org.example.Shop
                api: "*"
                category: utility
                capabilities: [pay]
                contracts:
                  capabilities:
                    pay: {request: {type: object, properties: {card: {type: string, sensitive: true}}}}
                """.getBytes(StandardCharsets.UTF_8))
                        .orThrow());
        Node.Plugin shop = node.new Plugin("shop", Set.of("pay"), contracts);
        shop.serve(Capabilities.of("pay", this::cap));
        Future<Object> paid = node.host().calls().call("shop", "pay", new JsonObject().put("card", "4111"));
        assertThrows(CallException.class, () -> await(paid));
        DeadLetter letter = only();
        assertEquals(Optional.of(new JsonObject().put("card", "(hidden)")), letter.shown());
        assertFalse(letter.toJsonWithBody().encode().contains("4111"));
        PluginException refused = assertThrows(PluginException.class, () -> await(dead.replay(letter.number())));
        assertEquals("DP-0453", refused.code());
        assertEquals(1, dead.all().size(), "it stays until it is dropped");
    }

    @Test
    void whoFloodsPushesOutItsOwn() throws Exception {
        Node.Plugin quiet = node.plugin("quiet").serve();
        assertThrows(
                PluginException.class,
                () -> quiet.run(() -> quiet.endpoint.events().publish("rare", null)));
        Node.Plugin loud = node.plugin("loud").serve();
        for (int i = 0; i < 2_000; i++) {
            loud.endpoint.events().publish("often", i);
        }
        until(() -> dead.counts().getLong("left") > 0);
        assertTrue(dead.all().size() <= 1_000);
        assertEquals("event:rare", dead.all().get(0).to());
    }
}
