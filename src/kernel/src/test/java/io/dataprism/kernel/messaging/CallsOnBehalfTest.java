package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call's deadline and its end travel with the calls that are made for it; what may be made again is. */
class CallsOnBehalfTest {
    private final Node node = new Node();
    private final BlockingQueue<Call> handled = new LinkedBlockingQueue<>();
    private final BlockingQueue<CallException> failed = new LinkedBlockingQueue<>();
    private Node.Plugin caller;

    @BeforeEach
    void deploy() throws Exception {
        caller = node.plugin("caller", "call").serve();
        node.serving(
                "last",
                Capabilities.of("never", call -> {
                            handled.add(call);
                            return Promise.promise().future();
                        })
                        .and("now", call -> Future.succeededFuture("now")));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private CallException fails(Future<?> call) {
        return assertThrows(CallException.class, () -> await(call));
    }

    private Future<Object> call(String plugin, String capability, CallOptions options) {
        return caller.start(() -> caller.endpoint.calls().call(plugin, capability, null, options));
    }

    /** A plugin whose handler asks {@code last} and tells how that ended. */
    private Node.Plugin middle() throws Exception {
        Node.Plugin[] middle = new Node.Plugin[1];
        middle[0] = node.serving(
                "middle",
                Capabilities.of("ask", call -> {
                            handled.add(call);
                            return note(middle[0].endpoint.calls().call("last", "never", null));
                        })
                        .and("ask-later", call -> {
                            handled.add(call);
                            return middle[0]
                                    .endpoint
                                    .calls()
                                    .call("last", "now", null)
                                    .compose(now ->
                                            note(middle[0].endpoint.calls().call("last", "never", null)));
                        })
                        .and("ask-on-behalf", call -> {
                            handled.add(call);
                            Promise<Object> elsewhere = middle[0].deployment.promise();
                            node.vertx.setTimer(1, fired -> elsewhere.complete());
                            return elsewhere
                                    .future()
                                    .compose(go -> note(call.calls().call("last", "never", null)));
                        }),
                "call");
        return middle[0];
    }

    private Future<?> note(Future<Object> call) {
        return call.onFailure(failure -> failed.add((CallException) failure));
    }

    @Test
    void aSubCallWaitsNoLongerThanTheCallItIsMadeFor() throws Exception {
        middle();
        for (String capability : List.of("ask", "ask-later", "ask-on-behalf")) {
            Future<Object> call = call("middle", capability, CallOptions.within(Duration.ofMillis(300)));
            next(handled);
            Duration left = next(handled).remaining();
            assertTrue(left.compareTo(Duration.ofMillis(300)) <= 0, capability + " leaves " + left);
            assertEquals(FailureKind.LATE, fails(call).kind());
            // Late itself, or given up because the outer one is: whichever is noticed first.
            FailureKind inner = next(failed).kind();
            assertTrue(inner == FailureKind.LATE || inner == FailureKind.CANCELLED, capability + ": " + inner);
        }
    }

    @Test
    void whatIsCalledOutsideAHandlerHasItsOwnDeadline() throws Exception {
        middle();
        call("middle", "ask", CallOptions.within(Duration.ofMillis(50)));
        next(handled);
        next(handled);
        next(failed);
        call("last", "never", CallOptions.within(Duration.ofSeconds(20)));
        assertTrue(next(handled).remaining().compareTo(Duration.ofSeconds(10)) > 0);
    }

    @Test
    void aCallThatIsGivenUpEndsWhatIsDoneForIt() throws Exception {
        Node.Plugin middle = middle();
        Promise<Void> cancel = Promise.promise();
        Future<Object> call = call("middle", "ask", CallOptions.DEFAULT.until(cancel.future()));
        Call first = next(handled);
        Call second = next(handled);
        Future<Void> firstEnd = middle.start(first::cancelled);
        assertFalse(firstEnd.isComplete());
        cancel.complete();
        CallException failure = fails(call);
        assertEquals(FailureKind.CANCELLED, failure.kind());
        assertEquals("The caller gave 'ask' of plugin 'middle' up before it answered.", failure.getMessage());
        await(firstEnd);
        CallException inner = next(failed);
        assertEquals(FailureKind.CANCELLED, inner.kind());
        assertEquals("The call for which 'never' of plugin 'last' was called was given up.", inner.getMessage());
        await(second.cancelled());
    }

    @Test
    void aCallerThatStopsEndsWhatIsDoneForIt() throws Exception {
        Node.Plugin middle = middle();
        Future<Object> call = call("middle", "ask", CallOptions.DEFAULT);
        Call first = next(handled);
        next(handled);
        await(caller.endpoint.close());
        assertEquals(FailureKind.CANCELLED, fails(call).kind());
        await(middle.start(first::cancelled));
        assertEquals(FailureKind.CANCELLED, next(failed).kind());
    }

    @Test
    void anAnswerThatCameIsNotCancelled() throws Exception {
        Promise<Void> cancel = Promise.promise();
        Future<Object> call = call("last", "now", CallOptions.DEFAULT.until(cancel.future()));
        assertEquals("now", await(call));
        cancel.complete();
        assertEquals("now", call.result());
    }

    @Test
    void aCircleOfWaitingCallsEndsByItsDeadlineAndIsNamed() throws Exception {
        Node.Plugin[] ring = new Node.Plugin[3];
        for (int i = 0; i < 3; i++) {
            int to = (i + 1) % 3;
            int at = i;
            ring[i] = node.serving(
                    "ring-" + i,
                    Capabilities.of(
                            "next",
                            call -> handled.size() > 2
                                    ? Promise.promise().future()
                                    : asks(call, ring[at].endpoint.calls().call("ring-" + to, "next", null))),
                    "call");
        }
        Future<Object> call = call("ring-0", "next", CallOptions.within(Duration.ofMillis(200)));
        CallException failure = fails(call);
        assertEquals(FailureKind.LATE, failure.kind());
        assertEquals(
                "No answer from 'next' of plugin 'ring-0' by the deadline. The calls wait in a circle: caller -> ring-0 ->"
                        + " ring-1 -> ring-2 -> ring-0.",
                failure.getMessage());
    }

    private Future<?> asks(Call call, Future<Object> next) {
        handled.add(call);
        return next;
    }

    @Test
    void whoIsWaitedForInTurnIsNamed() throws Exception {
        middle();
        CallException failure = fails(call("middle", "ask", CallOptions.within(Duration.ofMillis(100))));
        assertEquals(
                "No answer from 'ask' of plugin 'middle' by the deadline. It waits in turn: caller -> middle -> last.",
                failure.getMessage());
    }

    @Test
    void aRefusedCallIsMadeAgainWhereTheCallerWantsThat() throws Exception {
        Node.Plugin busy = node.serving("busy", Capabilities.of("cap", call -> Future.succeededFuture("done")));
        Runnable release = busy.block();
        List<Future<Object>> filling = new ArrayList<>();
        for (int i = 0; i < Node.SMALL.mailbox().messages(); i++) {
            filling.add(call("busy", "cap", CallOptions.DEFAULT));
        }
        caller.run(() -> caller.deployment.succeeded(null));
        assertEquals(
                FailureKind.BUSY,
                fails(call("busy", "cap", CallOptions.DEFAULT)).kind());
        Future<Object> patient = call("busy", "cap", CallOptions.DEFAULT.retrying(10));
        release.run();
        assertEquals("done", await(patient));
        for (Future<Object> one : filling) {
            assertEquals("done", await(one));
        }
    }

    @Test
    void aCallThatMayHaveBeenHandledIsMadeAgainOnlyWhereThatDoesNoHarm() throws Exception {
        node.messaging.activator(StatesActivator.of("stopped"));
        for (boolean harmless : List.of(true, false)) {
            AtomicInteger times = new AtomicInteger();
            Node.Plugin first = serveOnce(times, harmless);
            Future<Object> call = call("once", "cap", CallOptions.DEFAULT.retrying(10));
            Node.until(() -> times.get() == 1);
            await(first.endpoint.close());
            Node.Plugin second = serveOnce(times, harmless);
            if (harmless) {
                assertEquals("done", await(call));
            } else {
                assertEquals(FailureKind.CANCELLED, fails(call).kind());
                assertEquals(1, times.get());
            }
            await(second.endpoint.close());
        }
    }

    /** What a handler says of itself is its answer: the kernel made the call, and makes it once. */
    @Test
    void whatAHandlerRefusesIsNotMadeAgain() throws Exception {
        AtomicInteger times = new AtomicInteger();
        node.serving(
                "shy",
                Capabilities.of("cap", call -> {
                            times.incrementAndGet();
                            return Future.failedFuture(new CallException(
                                    FailureKind.valueOf(call.body().toString()), "Not today."));
                        })
                        .idempotent("cap"));
        for (FailureKind kind : List.of(FailureKind.BUSY, FailureKind.NOT_RUNNING, FailureKind.CANCELLED)) {
            times.set(0);
            CallException refused = fails(caller.start(
                    () -> caller.endpoint.calls().call("shy", "cap", kind.name(), CallOptions.DEFAULT.retrying(3))));
            assertEquals(kind, refused.kind());
            assertEquals("Not today.", refused.getMessage());
            assertEquals(1, times.get(), kind.name());
        }
    }

    /** The plugin runs no more when its call fails, and did not run when it was made: the manifest is what is left to ask. */
    @Test
    void whatTheManifestSaysCountsWhileThePluginDoesNotRun() throws Exception {
        AtomicInteger times = new AtomicInteger();
        Promise<Boolean> started = Promise.promise();
        Activator installed = new StatesActivator(id -> started.future(), id -> Optional.of("installed"));
        node.messaging.activator(new Activator() {
            @Override
            public Future<Void> activate(PluginId id) {
                return installed.activate(id);
            }

            @Override
            public Future<Boolean> activate(PluginId id, String capability) {
                return installed.activate(id, capability);
            }

            @Override
            public Set<String> capabilitiesOf(PluginId id) {
                return Set.of("cap");
            }

            @Override
            public boolean isIdempotent(PluginId id, String capability) {
                return true;
            }

            @Override
            public Optional<String> stateOf(PluginId id) {
                return installed.stateOf(id);
            }
        });
        Future<Object> call = call("once", "cap", CallOptions.DEFAULT.retrying(10));
        caller.run(() -> caller.deployment.succeeded(null));
        Node.Plugin first = serveOnce(times, false);
        started.complete(true);
        Node.until(() -> times.get() == 1);
        await(first.endpoint.close());
        serveOnce(times, false);
        assertEquals("done", await(call));
    }

    /** Never answers the first time, at once the second. */
    private Node.Plugin serveOnce(AtomicInteger times, boolean harmless) throws Exception {
        Capabilities offered = Capabilities.of(
                "cap",
                call -> times.incrementAndGet() == 1 ? Promise.promise().future() : Future.succeededFuture("done"));
        return node.serving("once", harmless ? offered.idempotent("cap") : offered);
    }
}
