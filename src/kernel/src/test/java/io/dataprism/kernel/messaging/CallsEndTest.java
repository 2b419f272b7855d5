package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.testing.StackEnd;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls leave behind once they are over: nothing. */
class CallsEndTest {
    /** The stack of a carrier, which is as long as the JVM makes them, and more than an answer takes. */
    private static final StackEnd END = new StackEnd(1 << 20, 100 << 10);

    private static final int WARM = 20_000;
    private static final int ROOM = Node.SMALL.mailbox().messages();

    private final Node node = new Node();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Node.Plugin callee(Capabilities capabilities) throws Exception {
        return node.serving("callee", capabilities);
    }

    private static Future<Object> call(Node.Plugin caller, CallOptions options) {
        return caller.start(() -> caller.endpoint.calls().call("callee", "cap", "x", options));
    }

    @Test
    void anEndpointThatIsMadeAfterTheEndHasEnded() throws Exception {
        PluginDeployment deployment =
                await(node.deployer.deploy(new PluginId("late"), new VerticleBase() {}, new DeploymentOptions()));
        await(node.messaging.close());
        Endpoint host = node.messaging.endpoint(Caller.HOST);
        Endpoint plugin = node.messaging.open(new PluginId("late"), deployment, Set.of());
        for (Endpoint late : List.of(host, plugin)) {
            PluginException ended = assertThrows(
                    PluginException.class, () -> await(late.events().subscribe("a.*", event -> {})));
            assertEquals("DP-0191", ended.code());
            assertThrows(PluginException.class, () -> await(late.events().publish("a.b", "x")));
            await(late.close());
        }
    }

    @Test
    void anErrorWhileOneWaitIsEndedEndsNoOtherDeadline() throws Exception {
        callee(Capabilities.of("cap", call -> Promise.promise().future()));
        CallOptions soon = CallOptions.within(Duration.ofMillis(30));
        HostParty broken = new HostParty((LocalMessaging) node.messaging, Caller.HOST, withoutThreads(), 100);
        broken.calls().call("callee", "cap", "x", soon);
        Endpoint host = node.messaging.endpoint(Caller.HOST);
        // By the end of the first one the broken one's deadline has passed, too.
        for (int i = 0; i < 2; i++) {
            CallException late =
                    assertThrows(CallException.class, () -> await(host.calls().call("callee", "cap", "x", soon)));
            assertEquals(FailureKind.LATE, late.kind());
        }
    }

    /** A context as one is whose pool gets no thread of the system any more. */
    private ContextInternal withoutThreads() {
        ContextInternal real = (ContextInternal) node.vertx.getOrCreateContext();
        return (ContextInternal) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ContextInternal.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("runOnContext")) {
                        throw new OutOfMemoryError("as if: unable to create native thread");
                    }
                    return method.invoke(real, arguments);
                });
    }

    @Test
    void aRefusedCallLeavesNothingInTheFullMailbox() throws Exception {
        Node.Plugin callee = callee(Capabilities.of("cap", call -> Future.succeededFuture("done")));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        Runnable release = callee.block();
        List<Future<Object>> calls = new ArrayList<>();
        for (int i = 0; i < ROOM + 50; i++) {
            calls.add(call(caller, CallOptions.DEFAULT));
        }
        CallException busy = assertThrows(CallException.class, () -> await(calls.get(ROOM + 49)));
        assertEquals(FailureKind.BUSY, busy.kind());
        assertEquals(ROOM, callee.deployment.mailbox().waiting());
        release.run();
        assertEquals("done", await(calls.get(0)));
    }

    @Test
    void aCallThatIsGivenUpInTheMailboxAddsNothingToIt() throws Exception {
        Node.Plugin callee = callee(Capabilities.of("cap", call -> Future.succeededFuture("done")));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        Runnable release = callee.block();
        Future<Object> late = call(caller, CallOptions.within(Duration.ofMillis(20)));
        assertThrows(CallException.class, () -> await(late));
        assertEquals(1, callee.deployment.mailbox().waiting());
        release.run();
    }

    @Test
    void aCallThatIsWorkedOnIsStillToldOfTheEnd() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        callee(Capabilities.of("cap", call -> {
            call.cancelled().onComplete(gone -> told.add("gone"));
            return Promise.promise().future();
        }));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        assertThrows(CallException.class, () -> await(call(caller, CallOptions.within(Duration.ofMillis(50)))));
        assertEquals("gone", next(told));
    }

    @Test
    void aCallThatCallsOnDoesNotKeepAllThatCameBefore() throws Exception {
        Node.Plugin plugin = node.new Plugin("ring", Set.of("hop"), "call");
        BlockingQueue<WeakReference<Object>> hops = new LinkedBlockingQueue<>();
        plugin.serve(Capabilities.of("hop", call -> {
            hops.add(new WeakReference<>(call));
            if (hops.size() < 50) {
                plugin.endpoint.calls().call("ring", "hop", null);
            }
            return Future.succeededFuture();
        }));
        Party party = (Party) plugin.endpoint;
        plugin.run(() -> plugin.endpoint.calls().call("ring", "hop", null));
        until(() -> hops.size() == 50 && party.pending.isEmpty());
        CapabilityCall<?> last = new CallRequest<>(
                        party,
                        party.caller,
                        "ring",
                        "hop",
                        null,
                        Duration.ofSeconds(1).toNanos())
                .to((PluginParty) party);
        assertEquals(null, last.cause);
        for (WeakReference<Object> hop : hops) {
            until(() -> {
                System.gc();
                return hop.refersTo(null);
            });
        }
    }

    @Test
    void workForACallThatIsOverSetsNoTime() throws Exception {
        Promise<Object> later = Promise.promise();
        Node.Plugin callee = callee(Capabilities.of("cap", call -> Future.succeededFuture("done")));
        Node.Plugin worker = node.new Plugin("worker", Set.of("work"), "call");
        BlockingQueue<Future<Object>> made = new LinkedBlockingQueue<>();
        worker.serve(Capabilities.of("work", call -> {
            call.cancelled().onComplete(gone -> made.add(call.calls().call("callee", "cap", null)));
            return later.future();
        }));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        assertThrows(
                CallException.class,
                () -> caller.run(() -> caller.endpoint
                        .calls()
                        .call("worker", "work", null, CallOptions.within(Duration.ofMillis(30)))));
        assertEquals("done", await(next(made)));
        assertTrue(callee.deployment.mailbox().waiting() == 0);
    }

    @Test
    void aCallerWhoseMailboxIsClosedIsNotWatchedForEver() throws Exception {
        Promise<Object> answer = Promise.promise();
        callee(Capabilities.of("cap", call -> answer.future()));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        Party party = (Party) caller.endpoint;
        call(caller, CallOptions.DEFAULT);
        until(() -> !party.pending.isEmpty());
        caller.deployment.mailbox().close();
        // Nothing of the plugin's own completes any more, this future neither.
        caller.endpoint.close();
        assertTrue(party.pending.isEmpty());
    }

    @Test
    void anAnswerThatWaitsInAClosedMailboxIsForgotten() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        Node.Plugin callee = callee(Capabilities.of("cap", call -> {
            asked.add("asked");
            return Future.succeededFuture("done");
        }));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        Party party = (Party) caller.endpoint;
        Runnable release = caller.block();
        // As a blocking thread of the caller's own would.
        caller.endpoint.calls().call("callee", "cap", null);
        next(asked);
        callee.run(Future::succeededFuture);
        caller.deployment.mailbox().close();
        release.run();
        until(party.pending::isEmpty);
    }

    /** The callee calls itself until its stack ends, and answers there: an error may come between any two steps of that. */
    @Test
    void aCallThatIsAnsweredWhereAStackEndsHasItsEnd() throws Exception {
        BlockingQueue<Promise<Object>> open = new LinkedBlockingQueue<>();
        Node.Plugin callee = callee(Capabilities.of("cap", call -> {
            Promise<Object> answer = Promise.promise();
            open.add(answer);
            return answer.future();
        }));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        // Compiled code leaves the least room.
        for (int i = 0; i < WARM; i++) {
            Future<Object> called = call(caller, CallOptions.within(Duration.ofSeconds(10)));
            Promise<Object> answer = open.take();
            callee.run(() -> {
                answer.tryComplete("done");
                return Future.succeededFuture();
            });
            assertEquals("done", await(called));
        }
        int answered = 0;
        for (int place = 0; place <= StackEnd.PLACES; place++) {
            int position = place;
            Future<Object> called = call(caller, CallOptions.within(Duration.ofMillis(50)));
            Promise<Object> answer = open.take();
            callee.run(() -> {
                END.run(position, () -> answer.tryComplete("done"));
                return Future.succeededFuture();
            });
            try {
                assertEquals("done", await(called));
                answered++;
            } catch (CallException late) {
                assertEquals(FailureKind.LATE, late.kind());
            }
        }
        assertTrue(answered > 0);
    }
}
