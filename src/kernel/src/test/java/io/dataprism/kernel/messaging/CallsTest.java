package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final Node node = new Node();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Node.Plugin caller() throws Exception {
        return node.plugin("caller", "call").serve();
    }

    private static <T> T call(Node.Plugin from, String plugin, String capability, Object body) throws Exception {
        return from.run(() -> from.endpoint.calls().<T>call(plugin, capability, body));
    }

    private static CallException failure(Node.Plugin from, String plugin, String capability) {
        return assertThrows(CallException.class, () -> call(from, plugin, capability, new JsonObject()));
    }

    @Test
    void aCallReachesItsHandlerAndTheAnswerTheCallersSlice() throws Exception {
        AtomicReference<Caller> seen = new AtomicReference<>();
        node.serving("callee", Capabilities.of("double", call -> {
            seen.set(call.caller());
            assertTrue(call.remaining().compareTo(Duration.ofSeconds(29)) > 0);
            return Future.succeededFuture(2 * call.json().getInteger("n"));
        }));
        Node.Plugin caller = caller();
        boolean inSlice = caller.run(() -> caller.endpoint
                .calls()
                .<Integer>call("callee", "double", new JsonObject().put("n", 21))
                .map(answer -> {
                    assertEquals(42, answer);
                    return caller.deployment.mailbox().inSlice();
                }));
        assertTrue(inSlice);
        assertEquals(Caller.plugin(caller.id), seen.get());
    }

    @Test
    void aPluginMayCallItself() throws Exception {
        Node.Plugin self =
                node.serving("self", Capabilities.of("echo", call -> Future.succeededFuture(call.body())), "call");
        assertEquals("x", call(self, "self", "echo", "x"));
    }

    @Test
    void theAnswerMayComeLater() throws Exception {
        Promise<Object> later = Promise.promise();
        node.serving("callee", Capabilities.of("slow", call -> later.future()));
        Node.Plugin caller = caller();
        Future<Object> answer = caller.start(() -> caller.endpoint.calls().call("callee", "slow", null));
        caller.run(() -> caller.deployment.succeeded(null));
        later.complete(new JsonObject().put("done", true));
        assertEquals(new JsonObject().put("done", true), await(answer));
    }

    @Test
    void aRequestAndAnAnswerAreFrozen() throws Exception {
        AtomicReference<JsonObject> kept = new AtomicReference<>();
        node.serving("callee", Capabilities.of("keep", call -> {
            kept.set(call.json());
            return Future.succeededFuture(call.json());
        }));
        Node.Plugin caller = caller();
        JsonObject mine = new JsonObject().put("x", 1);
        JsonObject answer = call(caller, "callee", "keep", mine);
        mine.put("x", 2);
        assertThrows(UnsupportedOperationException.class, () -> answer.put("x", 3));
        assertThrows(UnsupportedOperationException.class, () -> kept.get().put("x", 3));
        assertEquals(1, kept.get().getInteger("x"));
        assertEquals(3, answer.copy().put("x", 3).getInteger("x"));
    }

    @Test
    void whatTheHandlerThrowsArrivesWithItsKind() throws Exception {
        node.serving(
                "callee",
                Capabilities.of("throws", call -> {
                            throw new IllegalStateException("broken");
                        })
                        .and(
                                "invalid",
                                call -> Future.failedFuture(new CallException(FailureKind.INVALID, "wrong field")))
                        .and(
                                "coded",
                                call -> Future.failedFuture(new PluginException("DP-9999", "Unsupported format: xyz")))
                        .and("null", call -> null)
                        .and("no-payload", call -> Future.succeededFuture(new Object())));
        Node.Plugin caller = caller();
        CallException thrown = failure(caller, "callee", "throws");
        assertEquals(FailureKind.FAILED, thrown.kind());
        assertTrue(thrown.getMessage().contains("java.lang.IllegalStateException: broken"), thrown.getMessage());
        assertTrue(thrown.getCause() instanceof SafeFailure);
        CallException invalid = failure(caller, "callee", "invalid");
        assertEquals(FailureKind.INVALID, invalid.kind());
        assertEquals("wrong field", invalid.getMessage());
        CallException coded = failure(caller, "callee", "coded");
        assertEquals("DP-9999", coded.code());
        assertEquals("Unsupported format: xyz", coded.getMessage());
        assertEquals(FailureKind.FAILED, failure(caller, "callee", "null").kind());
        assertEquals("DP-0403", failure(caller, "callee", "no-payload").code());
    }

    @Test
    void whoIsMissingIsSaidAtOnce() throws Exception {
        node.serving("callee", Capabilities.of("here", call -> Future.succeededFuture()));
        Node.Plugin caller = caller();
        assertNull(call(caller, "callee", "here", null));
        assertEquals(
                FailureKind.NO_SUCH_CAPABILITY, failure(caller, "nobody", "x").kind());
        assertEquals(
                FailureKind.NO_SUCH_CAPABILITY,
                failure(caller, "Not An Id", "x").kind());
        CallException lacks = failure(caller, "callee", "else");
        assertEquals(FailureKind.NO_SUCH_CAPABILITY, lacks.kind());
        assertTrue(lacks.getMessage().contains("[here]"), lacks.getMessage());
    }

    @Test
    void callingNeedsManifestRequestAndGrant() throws Exception {
        node.serving("tables", Capabilities.of("query", call -> Future.succeededFuture("rows")));
        Node.Plugin none = node.plugin("none").serve();
        CallException denied = failure(none, "tables", "query");
        assertEquals(FailureKind.DENIED, denied.kind());
        assertTrue(denied.getMessage().contains("call:tables:query"), denied.getMessage());
        // Who may not call is not told what exists.
        assertEquals(FailureKind.DENIED, failure(none, "tables", "else").kind());
        Node.Plugin some = node.plugin("some", "call:tables:*").serve();
        assertEquals("rows", call(some, "tables", "query", null));
        node.grants.revoke(some.id, "call:tables:*");
        assertEquals(FailureKind.DENIED, failure(some, "tables", "query").kind());
    }

    @Test
    void aLateAnswerFailsAtTheDeadlineAndItsCallerGoesOn() throws Exception {
        Promise<Object> never = Promise.promise();
        node.serving("callee", Capabilities.of("never", call -> never.future()));
        Node.Plugin caller = caller();
        CallException late = assertThrows(
                CallException.class,
                () -> caller.run(() -> caller.endpoint
                        .calls()
                        .call("callee", "never", null, CallOptions.within(Duration.ofMillis(30)))));
        assertEquals(FailureKind.LATE, late.kind());
        never.complete("too late");
        never.tryComplete("twice");
    }

    @Test
    void aCallThatWaitsInAStuckMailboxIsLateToo() throws Exception {
        Node.Plugin callee = node.serving("callee", Capabilities.of("x", call -> Future.succeededFuture()));
        Runnable release = callee.block();
        Node.Plugin caller = caller();
        CallException late = assertThrows(
                CallException.class,
                () -> caller.run(() ->
                        caller.endpoint.calls().call("callee", "x", null, CallOptions.within(Duration.ofMillis(30)))));
        assertEquals(FailureKind.LATE, late.kind());
        release.run();
    }

    @Test
    void aFullMailboxSaysBusy() throws Exception {
        Node.Plugin callee = node.serving("callee", Capabilities.of("x", call -> Future.succeededFuture()));
        Runnable release = callee.block();
        Node.Plugin caller = caller();
        List<Future<Object>> calls = new ArrayList<>();
        for (int i = 0; i <= Node.SMALL.mailbox().messages(); i++) {
            calls.add(caller.endpoint.calls().call("callee", "x", null));
        }
        CallException busy = assertThrows(CallException.class, () -> await(calls.get(calls.size() - 1)));
        assertEquals(FailureKind.BUSY, busy.kind());
        release.run();
        await(calls.get(0));
    }

    @Test
    void callersOfAPluginThatStopsAreToldAtOnce() throws Exception {
        Promise<Object> never = Promise.promise();
        AtomicInteger begun = new AtomicInteger();
        Node.Plugin callee = node.serving("callee", Capabilities.of("never", call -> {
            begun.incrementAndGet();
            return never.future();
        }));
        Node.Plugin caller = caller();
        Future<Object> open = caller.start(() -> caller.endpoint.calls().call("callee", "never", null));
        Node.until(() -> begun.get() == 1);
        Runnable release = callee.block();
        Future<Object> queued = caller.start(() -> caller.endpoint.calls().call("callee", "never", null));
        caller.run(() -> caller.deployment.succeeded(null));
        callee.endpoint.close();
        assertEquals(
                FailureKind.CANCELLED,
                assertThrows(CallException.class, () -> await(open)).kind());
        assertEquals(
                FailureKind.CANCELLED,
                assertThrows(CallException.class, () -> await(queued)).kind());
        release.run();
        assertEquals(
                FailureKind.NO_SUCH_CAPABILITY,
                failure(caller, "callee", "never").kind());
    }

    @Test
    void drainingWaitsForOpenAnswers() throws Exception {
        Promise<Object> answer = Promise.promise();
        AtomicInteger begun = new AtomicInteger();
        Node.Plugin callee = node.serving("callee", Capabilities.of("slow", call -> {
            begun.incrementAndGet();
            return answer.future();
        }));
        Node.Plugin caller = caller();
        Future<Object> open = caller.start(() -> caller.endpoint.calls().call("callee", "slow", null));
        Node.until(() -> begun.get() == 1);
        node.messaging.activator(StatesActivator.of("stopping"));
        callee.endpoint.quiesce();
        assertEquals(FailureKind.NOT_RUNNING, failure(caller, "callee", "slow").kind());
        Future<Void> drained = callee.endpoint.drained();
        callee.run(() -> callee.deployment.succeeded(null));
        assertTrue(!drained.isComplete());
        answer.complete("done");
        await(drained);
        assertEquals("done", await(open));
    }

    @Test
    void theFirstCallerOfAnActivatedPluginWaitsForItAndOrderHolds() throws Exception {
        List<Integer> order = new ArrayList<>();
        Promise<Void> started = Promise.promise();
        AtomicInteger activations = new AtomicInteger();
        node.messaging.activator(StatesActivator.starting(id -> {
            activations.incrementAndGet();
            return started.future();
        }));
        Node.Plugin caller = caller();
        List<Future<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            calls.add(caller.start(() -> caller.endpoint.calls().call("lazy", "note", number)));
        }
        caller.run(() -> caller.deployment.succeeded(null));
        Node.Plugin lazy = node.serving("lazy", Capabilities.of("note", call -> {
            order.add((Integer) call.body());
            return Future.succeededFuture();
        }));
        started.complete();
        for (int i = 3; i < 6; i++) {
            int number = i;
            calls.add(caller.start(() -> caller.endpoint.calls().call("lazy", "note", number)));
        }
        await(Future.all(calls));
        assertEquals(1, activations.get());
        assertEquals(List.of(0, 1, 2, 3, 4, 5), lazy.run(() -> lazy.deployment.succeeded(List.copyOf(order))));
    }

    @Test
    void aPluginThatDoesNotStartByCallsIsNotRunning() throws Exception {
        node.messaging.activator(StatesActivator.of("stopped"));
        CallException failure = failure(caller(), "known", "x");
        assertEquals(FailureKind.NOT_RUNNING, failure.kind());
        assertTrue(failure.getMessage().contains("is stopped"), failure.getMessage());
    }

    @Test
    void anUndeclaredCapabilityIsRefusedWhenThePluginServes() throws Exception {
        Node.Plugin plugin = node.new Plugin("p", java.util.Set.of("a"));
        PluginException refused = assertThrows(
                PluginException.class, () -> plugin.serve(Capabilities.of("b", call -> Future.succeededFuture())));
        assertEquals("DP-0310", refused.code());
    }

    @Test
    void theHostCallsAndIsNamedAsHost() throws Exception {
        AtomicReference<Caller> seen = new AtomicReference<>();
        node.serving("callee", Capabilities.of("who", call -> {
            seen.set(call.caller());
            return Future.succeededFuture(call.callerMay("file-access:read:data/x.csv"));
        }));
        assertEquals(true, await(node.host().calls().call("callee", "who", null)));
        assertSame(Caller.Kind.HOST, seen.get().kind());
        CallException denied = assertThrows(
                CallException.class,
                () -> await(node.messaging.endpoint(Caller.user("ann")).calls().call("callee", "who", null)));
        assertEquals(FailureKind.DENIED, denied.kind());
    }

    @Test
    void twoPluginsThatCallEachOtherDoNotDeadlock() throws Exception {
        Node.Plugin[] both = new Node.Plugin[2];
        both[0] = node.new Plugin("a", java.util.Set.of("ping"), "call");
        both[1] = node.new Plugin("b", java.util.Set.of("pong"), "call");
        both[0].serve(Capabilities.of("ping", call -> both[0].endpoint.calls().call("b", "pong", call.body())));
        both[1].serve(Capabilities.of("pong", call -> {
            int left = (Integer) call.body();
            return left == 0
                    ? Future.succeededFuture("end")
                    : both[1].endpoint.calls().call("a", "ping", left - 1);
        }));
        assertEquals("end", await(node.host().calls().call("a", "ping", 10)));
    }

    @Test
    void deadlinesBeyondTheClockAreLongNotOver() throws Exception {
        node.serving(
                "slow",
                Capabilities.of(
                        "say",
                        call -> node.vertx.timer(50, TimeUnit.MILLISECONDS).map("late but here")));
        CallOptions forEver = CallOptions.within(Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals("late but here", await(node.host().calls().call("slow", "say", null, forEver)));
        DeliveryOptions raw = new DeliveryOptions().addHeader("dp-timeout", Long.toString(Long.MAX_VALUE));
        assertEquals(
                "late but here",
                await(node.vertx.eventBus().request("plugin:slow:say", 1, raw)).body());
    }
}
