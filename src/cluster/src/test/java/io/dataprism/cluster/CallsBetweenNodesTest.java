package io.dataprism.cluster;

import static io.dataprism.cluster.TwoNodes.await;
import static io.dataprism.cluster.TwoNodes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Calls;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines, ends, circles, retries and named nodes of calls that go to a plugin of another node. */
final class CallsBetweenNodesTest {
    private final TwoNodes nodes = new TwoNodes();
    private final BlockingQueue<Call> handled = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        nodes.close();
    }

    private Calls host() {
        return nodes.one.messaging.endpoint(Caller.HOST).calls();
    }

    private Call next() throws Exception {
        Call call = handled.poll(60, TimeUnit.SECONDS);
        assertNotNull(call, "nothing was called");
        return call;
    }

    private Future<Object> never(Call call) {
        handled.add(call);
        return Promise.promise().future();
    }

    /** On the second node, which never answers. */
    private PluginEndpoint far() {
        return nodes.two.serving("far", Capabilities.of("never", this::never));
    }

    @Test
    void whoWorksOnACallElsewhereIsToldThatItWasGivenUp() throws Exception {
        far();
        Promise<Void> cancel = Promise.promise();
        Future<Object> call = host().call("far", "never", null, CallOptions.DEFAULT.until(cancel.future()));
        Call working = next();
        cancel.complete();
        assertEquals(FailureKind.CANCELLED, failure(CallException.class, call).kind());
        await(working.cancelled());
    }

    @Test
    void theEndOfACallerReachesTheOtherNode() throws Exception {
        far();
        PluginEndpoint[] near = new PluginEndpoint[1];
        near[0] = nodes.one.serving(
                "near", Capabilities.of("ask", call -> near[0].calls().call("far", "never", null)));
        Future<Object> call = host().call("near", "ask", null);
        Call working = next();
        await(near[0].close());
        assertEquals(FailureKind.CANCELLED, failure(CallException.class, call).kind());
        await(working.cancelled());
    }

    @Test
    void theDeathOfTheCallersNodeEndsWhatIsDoneForIt() throws Exception {
        nodes.one.serving("near", Capabilities.of("never", this::never));
        nodes.two.messaging.endpoint(Caller.HOST).calls().call("near", "never", null);
        Call working = next();
        nodes.two.die();
        await(working.cancelled());
    }

    @Test
    void aCallForAnotherWaitsOnTheOtherNodeNoLongerThanThatOne() throws Exception {
        far();
        PluginEndpoint[] near = new PluginEndpoint[1];
        near[0] = nodes.one.serving(
                "near",
                Capabilities.of(
                        "ask",
                        call -> near[0].calls()
                                .call("far", "never", null, CallOptions.within(Duration.ofMinutes(10)))));
        host().call("near", "ask", null, CallOptions.within(Duration.ofSeconds(20)));
        Duration left = next().remaining();
        assertTrue(left.compareTo(Duration.ofSeconds(20)) <= 0, "leaves " + left);
    }

    @Test
    void aCircleOverTwoNodesEndsByItsDeadlineAndIsNamed() throws Exception {
        PluginEndpoint[] ends = new PluginEndpoint[2];
        ends[0] = nodes.one.serving(
                "left",
                Capabilities.of("begin", call -> ends[0].calls().call("right", "go", null))
                        .and("again", this::never));
        ends[1] = nodes.two.serving(
                "right", Capabilities.of("go", call -> ends[1].calls().call("left", "again", null)));
        AtomicReference<CallException> failed = new AtomicReference<>();
        AtomicInteger millis = new AtomicInteger(250);
        // Before the news of the circle has come back, the call can name but the way to the other node.
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            Duration within = Duration.ofMillis(millis.getAndUpdate(before -> 2 * before));
            failed.set(failure(CallException.class, host().call("left", "begin", null, CallOptions.within(within))));
            return failed.get().getMessage().contains("circle");
        });
        assertEquals(FailureKind.LATE, failed.get().kind());
        assertTrue(
                failed.get().getMessage().endsWith("The calls wait in a circle: host -> left -> right -> left."),
                failed.get().getMessage());
    }

    @Test
    void whoIsWaitedForOnAnotherNodeIsNamed() throws Exception {
        far();
        PluginEndpoint[] near = new PluginEndpoint[1];
        near[0] = nodes.one.serving(
                "near", Capabilities.of("ask", call -> near[0].calls().call("far", "never", null)));
        CallException late = failure(
                CallException.class, host().call("near", "ask", null, CallOptions.within(Duration.ofMillis(300))));
        assertEquals(FailureKind.LATE, late.kind());
        assertTrue(late.getMessage().endsWith("It waits in turn: host -> near -> far."), late.getMessage());
    }

    /** The first time its plugin is stopped in the middle, and runs again afterwards. */
    private Future<Object> callThatLosesItsReceiver(boolean idempotent, AtomicInteger times) {
        Capabilities offered = Capabilities.of("cap", call -> {
            handled.add(call);
            return times.incrementAndGet() == 1 ? Promise.promise().future() : Future.succeededFuture("done");
        });
        Capabilities promised = idempotent ? offered.idempotent("cap") : offered;
        PluginEndpoint first = nodes.two.serving("far", promised);
        Future<Object> call = host().call("far", "cap", null, CallOptions.DEFAULT.retrying(10));
        Awaitility.await().until(() -> times.get() == 1);
        await(first.close());
        nodes.two.serving("far", promised);
        return call;
    }

    @Test
    void aCallWhoseReceiverWasStoppedIsMadeAgainWhereTheOtherNodeSaysThatItMayBe() {
        AtomicInteger times = new AtomicInteger();
        assertEquals("done", await(callThatLosesItsReceiver(true, times)));
        assertEquals(2, times.get());
    }

    @Test
    void andElseItIsNot() {
        AtomicInteger times = new AtomicInteger();
        Future<Object> call = callThatLosesItsReceiver(false, times);
        assertEquals(FailureKind.CANCELLED, failure(CallException.class, call).kind());
        assertEquals(1, times.get());
    }

    @Test
    void whatAHandlerOfAnotherNodeRefusesIsNotMadeAgain() {
        AtomicInteger times = new AtomicInteger();
        nodes.two.serving("far", Capabilities.of("busy", call -> {
            times.incrementAndGet();
            return Future.failedFuture(new CallException(FailureKind.BUSY, "Not today."));
        }));
        CallException refused =
                failure(CallException.class, host().call("far", "busy", null, CallOptions.DEFAULT.retrying(5)));
        assertEquals(FailureKind.BUSY, refused.kind());
        assertEquals("Not today.", refused.getMessage());
        assertEquals(1, times.get());
    }

    @Test
    void aCallMayNameTheNode() {
        for (TwoNodes.Side side : new TwoNodes.Side[] {nodes.one, nodes.two}) {
            side.serving("where", Capabilities.of("here", call -> Future.succeededFuture(side.messaging.node())));
        }
        assertEquals("one", await(host().call("where", "here", null)));
        assertEquals("one", await(host().call("where", "here", null, CallOptions.DEFAULT.on("one"))));
        assertEquals("two", await(host().call("where", "here", null, CallOptions.DEFAULT.on("two"))));
        CallException nowhere =
                failure(CallException.class, host().call("where", "here", null, CallOptions.DEFAULT.on("three")));
        assertEquals(FailureKind.NOT_RUNNING, nowhere.kind());
        assertEquals(
                "Plugin 'where' was wanted on node 'three', which is no node of this cluster, or has left it. Name a node"
                        + " that is a member.",
                nowhere.getMessage());
        CallException other =
                failure(CallException.class, host().call("nobody", "here", null, CallOptions.DEFAULT.on("two")));
        assertEquals(FailureKind.NO_SUCH_CAPABILITY, other.kind());
    }
}
