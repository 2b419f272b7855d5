package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.api.PublishOptions;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Last values of topics on other nodes than their publisher's. */
final class RetainedElsewhereTest {
    @TempDir
    Path folder;

    private final List<ClusteredNode> nodes = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();

    private Kernel start(String name) {
        List<String> members = nodes.isEmpty()
                ? List.of()
                : List.of("127.0.0.1:" + nodes.get(0).port());
        ClusteredNode node = await(ClusteredNode.start(
                new ClusterOptions(
                        "retained-test-" + ProcessHandle.current().pid(),
                        name,
                        "127.0.0.1",
                        "127.0.0.1",
                        0,
                        0,
                        members,
                        false,
                        Duration.ofSeconds(10)),
                new VertxOptions()));
        nodes.add(node);
        Kernel kernel = await(
                Kernel.create(node.vertx(), KernelOptions.DEFAULT.withNode(name).withDataFolder(folder.resolve(name))));
        kernel.remoteTrust(node.trust());
        kernels.add(kernel);
        return kernel;
    }

    @AfterEach
    void close() {
        kernels.forEach(kernel -> await(kernel.close(Duration.ofSeconds(10))));
        nodes.forEach(node -> await(node.close()));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static BlockingQueue<Event> subscribe(Kernel kernel, String pattern) {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe(pattern, events::add));
        return events;
    }

    private static Event next(BlockingQueue<Event> events) throws InterruptedException {
        Event event = events.poll(60, TimeUnit.SECONDS);
        assertTrue(event != null, "nothing came");
        return event;
    }

    /** Until {@code there} gets what {@code here} publishes: a node learns of its peers after it has joined. */
    private static void connect(Kernel here, Kernel there) {
        BlockingQueue<Event> heard = subscribe(there, "connected");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            await(here.events().publish("connected", 0));
            return heard.poll(50, TimeUnit.MILLISECONDS) != null;
        });
    }

    @Test
    void aNodeThatJoinsGetsTheValuesOfTheOthersAndWhoSubscribesThereTheLastOne() throws Exception {
        Kernel first = start("first");
        await(first.events().publish("state.a", 1, PublishOptions.RETAINED));
        await(first.events().publish("state.gone", 1, PublishOptions.RETAINED));
        await(first.events().publish("state.gone", null, PublishOptions.RETAINED));
        Kernel second = start("second");
        BlockingQueue<Event> early = subscribe(second, "state.**");
        Event replayed = next(early);
        assertEquals("state.a=1", replayed.topic() + "=" + replayed.body());
        assertTrue(replayed.retained());
        connect(first, second);
        await(first.events().publish("state.a", 2, PublishOptions.RETAINED));
        Event live = next(early);
        assertEquals("state.a=2", live.topic() + "=" + live.body());
        assertFalse(live.retained());
        Event late = next(subscribe(second, "state.*"));
        assertEquals("state.a=2", late.topic() + "=" + late.body());
        assertTrue(late.retained());
    }

    @Test
    void whoeverPublishesLastIsWhatBothNodesKeepAndNullTakesItAwayOnBoth() throws Exception {
        Kernel first = start("first");
        Kernel second = start("second");
        connect(first, second);
        connect(second, first);
        BlockingQueue<Event> onFirst = subscribe(first, "state.*");
        await(first.events().publish("state.a", "first", PublishOptions.RETAINED));
        assertEquals("first", next(onFirst).body());
        BlockingQueue<Event> onSecond = subscribe(second, "state.*");
        assertEquals("first", next(onSecond).body());
        await(second.events().publish("state.a", "second", PublishOptions.RETAINED));
        assertEquals("second", next(onSecond).body());
        assertEquals("second", next(onFirst).body());
        assertEquals("second", next(subscribe(first, "state.a")).body());
        await(first.events().publish("state.a", null, PublishOptions.RETAINED));
        assertEquals(null, next(onSecond).body());
        BlockingQueue<Event> late = subscribe(second, "state.a");
        await(second.events().publish("state.a", "after"));
        Event after = next(late);
        assertEquals("after", after.body());
        assertFalse(after.retained());
    }
}
