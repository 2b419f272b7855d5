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
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.traffic.Intercepted;
import io.dataprism.kernel.traffic.Interceptor;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Reason;
import io.dataprism.kernel.traffic.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the host application makes of messages. */
class InterceptorsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Node node = new Node();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private Node.Plugin sender;

    @BeforeEach
    void start() throws Exception {
        node.serving("callee", Capabilities.of("cap", call -> {
            calls.add(call);
            return Future.succeededFuture("answer");
        }));
        Node.Plugin listener = node.plugin("listener", "event-subscribe:**").serve();
        listener.run(() -> listener.endpoint.events().subscribe("**", events::add));
        sender = node.plugin("sender", "call:callee:*", "event-publish:**", "channel")
                .serve();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Runnable install(Function<Intercepted, Future<Verdict>> before) {
        return install(before, LONG);
    }

    private Runnable install(Function<Intercepted, Future<Verdict>> before, Duration within) {
        return node.messaging.intercept(
                new Interceptor() {
                    @Override
                    public Future<Verdict> before(Intercepted message) {
                        return before.apply(message);
                    }

                    @Override
                    public void after(Intercepted message, Outcome outcome, String detail) {
                        outcomes.add(message.to() + " " + outcome.label());
                    }
                },
                within);
    }

    private Future<Object> call() {
        return sender.start(() -> sender.endpoint.calls().call("callee", "cap", "x"));
    }

    private CallException refused(Future<?> sent) {
        return assertThrows(CallException.class, () -> await(sent));
    }

    @Test
    void itSeesWhoSendsWhatWhereAndWhatBecameOfIt() throws Exception {
        BlockingQueue<Intercepted> seen = new LinkedBlockingQueue<>();
        install(message -> {
            seen.add(message);
            return Verdict.pass();
        });
        assertEquals("answer", await(call()));
        Intercepted message = next(seen);
        assertEquals(Kind.CALL, message.kind());
        assertEquals(sender.endpoint.caller(), message.from());
        assertEquals("plugin:callee:cap", message.to());
        assertEquals("x", message.body());
        assertEquals(next(calls).id(), message.id());
        assertEquals("plugin:callee:cap done", next(outcomes));
        sender.run(() -> sender.endpoint.events().publish("t", null));
        assertEquals("event:t taken", next(outcomes));
    }

    @Test
    void whatItDeniesReachesNobodyAndIsADeadLetter() throws Exception {
        install(message -> message.to().endsWith("cap") ? Verdict.deny("closed on Sundays") : Verdict.pass());
        CallException refused = refused(call());
        assertEquals(FailureKind.DENIED, refused.kind());
        assertEquals("DP-0455", refused.code());
        assertTrue(refused.getMessage().endsWith("closed on Sundays"), refused.getMessage());
        assertEquals(Reason.REFUSED, node.messaging.deadLetters().all().get(0).reason());
        assertTrue(calls.isEmpty());
    }

    @Test
    void itChangesBodyAndHeadersOfEachKind() throws Exception {
        install(message -> Verdict.change(
                new JsonObject().put("was", message.body()),
                Map.of("tenant", "t1", "n", message.kind().label())));
        install(message -> Verdict.with(
                message, Map.of("second", String.valueOf(message.headers().size()))));
        await(call());
        Call call = next(calls);
        assertEquals(new JsonObject().put("was", "x"), call.body());
        assertEquals(Map.of("tenant", "t1", "n", "call", "second", "2"), call.headers());
        assertThrows(UnsupportedOperationException.class, () -> call.json().put("a", 1));
        sender.run(() -> sender.endpoint.events().publish("t", "y"));
        Event event = next(events);
        assertEquals(new JsonObject().put("was", "y"), event.body());
        assertEquals("event", event.trace().headers().get("n"));
        Node.Plugin other = node.plugin("other", "channel").serve();
        Channel mine = sender.run(() -> sender.endpoint.channels().create("talk", Set.of("other")));
        Channel theirs = other.run(() -> other.endpoint.channels().join("talk"));
        BlockingQueue<ChannelMessage> got = new LinkedBlockingQueue<>();
        theirs.onMessage(message -> {
            got.add(message);
            return Future.succeededFuture("well");
        });
        sender.run(() -> mine.send("other", "z"));
        assertEquals("message", next(got).trace().headers().get("n"));
        assertEquals("well", sender.run(() -> mine.request("other", "z", CallOptions.DEFAULT)));
        assertEquals("request", next(got).trace().headers().get("n"));
    }

    @Test
    void orderHoldsWhileOneWaits() throws Exception {
        Promise<Verdict> verdict = Promise.promise();
        install(message -> "slow".equals(message.body()) ? verdict.future() : Verdict.pass());
        List<Object> bodies = new CopyOnWriteArrayList<>();
        node.serving("order", Capabilities.of("cap", call -> {
            bodies.add(call.body());
            return Future.succeededFuture();
        }));
        Node.Plugin busy = node.plugin("busy", "call:order:*").serve();
        busy.run(() -> {
            for (Object body : new Object[] {1, "slow", 2, 3}) {
                busy.endpoint.calls().call("order", "cap", body);
            }
            return Future.succeededFuture();
        });
        until(() -> bodies.size() == 1);
        await(call());
        assertEquals(List.of(1), bodies, "others do not wait for it");
        verdict.complete(new Verdict.Pass());
        until(() -> bodies.size() == 4);
        assertEquals(List.of(1, "slow", 2, 3), bodies);
        busy.run(() -> busy.endpoint.calls().call("order", "cap", 4));
        assertEquals(4, bodies.get(4));
    }

    private List<Object> bodiesOf(String plugin) throws Exception {
        List<Object> bodies = new CopyOnWriteArrayList<>();
        Node.Plugin receiver = node.serving(
                plugin,
                Capabilities.of("cap", call -> {
                    bodies.add(call.body());
                    return Future.succeededFuture();
                }),
                "event-subscribe:t");
        receiver.run(() -> receiver.endpoint.events().subscribe("t", event -> bodies.add(event.body())));
        return bodies;
    }

    @Test
    void aMessageThatWaitsHoldsUpWhatGoesToItsReceiverAndToEverybodyAndNothingElse() throws Exception {
        Promise<Verdict> verdict = Promise.promise();
        install(message -> "slow".equals(message.body()) ? verdict.future() : Verdict.pass());
        List<Object> left = bodiesOf("left");
        List<Object> right = bodiesOf("right");
        Node.Plugin busy = node.plugin("busy", "call", "event-publish:t").serve();
        busy.run(() -> {
            busy.endpoint.calls().call("right", "cap", 1);
            busy.endpoint.calls().call("left", "cap", "slow");
            busy.endpoint.calls().call("left", "cap", 2);
            busy.endpoint.calls().call("right", "cap", 3);
            busy.endpoint.events().publish("t", "to all");
            busy.endpoint.calls().call("right", "cap", 4);
            return Future.succeededFuture();
        });
        until(() -> right.size() == 2);
        assertEquals(List.of(1, 3), right);
        assertEquals(List.of(), left);
        verdict.complete(new Verdict.Pass());
        until(() -> left.size() == 3 && right.size() == 4);
        assertEquals(List.of("slow", 2, "to all"), left);
        assertEquals(List.of(1, 3, "to all", 4), right);
    }

    @Test
    void verdictsThatComeInAnyOrderLeaveEachReceiverItsOrder() throws Exception {
        List<Promise<Verdict>> verdicts = new CopyOnWriteArrayList<>();
        install(message -> {
            Promise<Verdict> verdict = Promise.promise();
            verdicts.add(verdict);
            return verdict.future();
        });
        List<Object> left = bodiesOf("left");
        List<Object> right = bodiesOf("right");
        Node.Plugin busy = node.plugin("busy", "call").serve();
        busy.run(() -> {
            for (int i = 0; i < 3; i++) {
                busy.endpoint.calls().call("left", "cap", i);
                busy.endpoint.calls().call("right", "cap", i);
            }
            return Future.succeededFuture();
        });
        for (int i = 0; i < 3; i++) {
            int asked = 2 * i + 2;
            until(() -> verdicts.size() == asked);
            verdicts.get(asked - 1).complete(new Verdict.Pass());
            verdicts.get(asked - 2).complete(new Verdict.Pass());
        }
        until(() -> left.size() == 3 && right.size() == 3);
        assertEquals(List.of(0, 1, 2), left);
        assertEquals(List.of(0, 1, 2), right);
    }

    @Test
    void aLateVerdictKeepsTheCallsCauseAndDeadline() throws Exception {
        Promise<Verdict> verdict = Promise.promise();
        install(message -> message.to().equals("plugin:callee:cap") ? verdict.future() : Verdict.pass());
        BlockingQueue<Call> outer = new LinkedBlockingQueue<>();
        Node.Plugin[] middle = new Node.Plugin[1];
        middle[0] = node.serving(
                "middle",
                Capabilities.of("cap", call -> {
                    outer.add(call);
                    return middle[0].endpoint.calls().call("callee", "cap", null);
                }),
                "call:callee:*");
        Future<Object> answer = node.host().calls().call("middle", "cap", null, CallOptions.within(LONG));
        Call first = next(outer);
        verdict.complete(new Verdict.Pass());
        assertEquals("answer", await(answer));
        Call second = next(calls);
        assertEquals(first.id(), second.cause().orElseThrow());
        assertTrue(second.remaining().compareTo(LONG) <= 0);
    }

    @Test
    void aVerdictThatNeverComesRefusesTheMessage() throws Exception {
        install(message -> Promise.<Verdict>promise().future(), Duration.ofMillis(20));
        assertEquals("DP-0457", refused(call()).code());
    }

    @Test
    void oneThatThrowsOrFailsRefuses() throws Exception {
        Runnable first = install(message -> {
            throw new IllegalStateException("a defect");
        });
        CallException refused = refused(call());
        assertEquals("DP-0456", refused.code());
        assertFalse(refused.getMessage().contains("a defect"), "that is for the log");
        first.run();
        install(message -> Future.failedFuture("no database"));
        assertEquals("DP-0456", refused(call()).code());
    }

    @Test
    void afterItsEndItIsAskedNoMore() throws Exception {
        Runnable end = install(message -> Verdict.deny("no"));
        refused(call());
        end.run();
        assertEquals("answer", await(call()));
    }

    @Test
    void theHostOnTheRawBusIsAskedToo() throws Exception {
        install(message -> Verdict.deny("not like this"));
        ReplyException refused = assertThrows(
                ReplyException.class, () -> await(node.vertx.eventBus().request("plugin:callee:cap", null)));
        assertEquals(303, refused.failureCode());
        node.vertx.eventBus().publish("event:t", 1);
        until(() -> node.messaging.deadLetters().all().stream()
                .anyMatch(letter -> letter.to().equals("event:t")));
        assertTrue(events.isEmpty());
    }

    @Test
    void aReplayIsAskedAboutLikeAnyMessage() throws Exception {
        Runnable end = install(message -> Verdict.deny("no"));
        refused(call());
        long number = node.messaging.deadLetters().all().get(0).number();
        assertThrows(
                CallException.class, () -> await(node.messaging.deadLetters().replay(number)));
        end.run();
        long again = node.messaging.deadLetters().all().get(0).number();
        await(node.messaging.deadLetters().replay(again));
        assertTrue(next(calls).id().endsWith("-replay"));
    }
}
