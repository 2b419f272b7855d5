package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.Caller;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and a member of its cluster that speaks for a later DataPrism. */
final class WireVersionTest {
    private static final String REFUSED =
            "Node 'here' does not understand node 'later': it speaks version 2 of the format"
                    + " between nodes, expected 1. Install the same DataPrism on both.";

    @TempDir
    Path folder;

    private ClusteredNode here;
    private ClusteredNode later;
    private Kernel kernel;

    @BeforeEach
    void start() {
        here = await(ClusteredNode.start(options("here")));
        later = await(ClusteredNode.start(options("later", "127.0.0.1:" + here.port())));
        kernel = await(Kernel.create(
                here.vertx(), KernelOptions.DEFAULT.withNode("here").withDataFolder(folder.resolve("data"))));
        kernel.remoteTrust(here.trust());
    }

    @AfterEach
    void close() {
        await(kernel.close(Duration.ofSeconds(10)));
        await(later.close());
        await(here.close());
    }

    private static ClusterOptions options(String node, String... members) {
        return new ClusterOptions(
                "version-test-" + ProcessHandle.current().pid(),
                node,
                "127.0.0.1",
                "127.0.0.1",
                0,
                0,
                List.of(members),
                false,
                Duration.ofSeconds(10));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** A node learns a moment later what another one has registered. */
    private static Message<Object> onceKnown(Callable<Message<Object>> request) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof ReplyException reply
                        && reply.failureType() == ReplyFailure.NO_HANDLERS)
                .until(request, Objects::nonNull);
    }

    private static DeliveryOptions speaking(String version) {
        return new DeliveryOptions()
                .addHeader("dp-node", "later")
                .addHeader("dp-caller", "host")
                .addHeader("dp-wire", version);
    }

    @Test
    void whatANewerNodeAsksIsRefusedWithAClearText() {
        await(kernel.endpoint(Caller.HOST).channels().create("room", Set.of()));
        JsonObject exists = new JsonObject().put("op", "exists");
        EventBus bus = later.vertx().eventBus();
        Message<Object> answer = onceKnown(() -> await(bus.request("channel:room", exists, speaking("1"))));
        assertEquals(new JsonObject(), answer.body());
        assertEquals("1", answer.headers().get("dp-wire"));
        CompletionException failed = assertThrows(
                CompletionException.class, () -> await(bus.request("channel:room", exists, speaking("2"))));
        ReplyException refused = assertInstanceOf(ReplyException.class, failed.getCause());
        assertEquals(415, refused.failureCode());
        assertEquals(REFUSED, refused.getMessage());
    }

    /** An event has no answer: its node is told all the same. */
    @Test
    void aNewerNodeIsToldThatItsEventsAreNotUnderstood() throws Exception {
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        EventBus bus = later.vertx().eventBus();
        await(bus.consumer("kernel-notices", notice -> told.add(notice.headers().get("dp-to") + ": " + notice.body()))
                .completion());
        BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        await(kernel.endpoint(Caller.HOST).events().subscribe("weather.*", event -> events.add(event.body())));
        bus.publish("kernel-relay", 1, speaking("2").addHeader("dp-topic", "weather.update"));
        assertEquals("later: " + REFUSED, told.poll(20, TimeUnit.SECONDS));
        bus.publish("kernel-relay", 2, speaking("1").addHeader("dp-topic", "weather.update"));
        assertEquals(2, events.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void anAnswerOfANewerNodeIsRefusedHere() {
        await(later.vertx()
                .eventBus()
                .consumer("plugin:future:say", call -> call.reply("hello", speaking("2")))
                .completion());
        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> await(kernel.endpoint(Caller.HOST).calls().call("future", "say", null)));
        assertEquals(REFUSED, failed.getCause().getMessage());
    }
}
