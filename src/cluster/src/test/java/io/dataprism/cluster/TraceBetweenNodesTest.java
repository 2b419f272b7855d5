package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message has one id on all nodes, and what it leads to on another one names it. */
final class TraceBetweenNodesTest {
    @TempDir
    Path folder;

    private final List<ClusteredNode> members = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private Kernel here;
    private Kernel there;

    @BeforeEach
    void start() {
        here = start("here");
        there = start("there", "127.0.0.1:" + members.get(0).port());
    }

    private Kernel start(String name, String... others) {
        ClusterOptions options = new ClusterOptions(
                "trace-test-" + ProcessHandle.current().pid(),
                name,
                "127.0.0.1",
                "127.0.0.1",
                0,
                0,
                List.of(others),
                false,
                Duration.ofSeconds(10));
        ClusteredNode member = await(ClusteredNode.start(options));
        members.add(member);
        Kernel kernel = await(Kernel.create(
                member.vertx(), KernelOptions.DEFAULT.withNode(name).withDataFolder(folder.resolve(name))));
        kernel.remoteTrust(member.trust());
        kernels.add(kernel);
        return kernel;
    }

    @AfterEach
    void close() {
        kernels.forEach(kernel -> await(kernel.close(Duration.ofSeconds(10))));
        members.forEach(member -> await(member.close()));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(60, TimeUnit.SECONDS);
        assertTrue(item != null, "nothing came within 60 s");
        return item;
    }

    @Test
    void anEventAndWhatItLeadsToElsewhere() throws Exception {
        BlockingQueue<Event> sent = new LinkedBlockingQueue<>();
        BlockingQueue<Event> received = new LinkedBlockingQueue<>();
        BlockingQueue<Event> answers = new LinkedBlockingQueue<>();
        await(here.events().subscribe("first", sent::add));
        await(here.events().subscribe("second", answers::add));
        await(there.events().subscribe("first", event -> {
            received.add(event);
            there.events().publish("second", null);
        }));
        await(here.events().publish("first", null));
        Event first = next(sent);
        assertEquals(first.id(), next(received).id());
        Event second = next(answers);
        assertEquals(Optional.of(first.id()), second.cause());
        assertTrue(second.id().startsWith("there-"), second.id());
    }

    @Test
    void aChannelsMessageAndItsAnswerElsewhere() throws Exception {
        BlockingQueue<ChannelMessage> atThere = new LinkedBlockingQueue<>();
        BlockingQueue<ChannelMessage> atHere = new LinkedBlockingQueue<>();
        Channel made = await(here.endpoint(Caller.OPERATOR).channels().create("talk", Set.of("host")));
        made.onMessage(message -> {
            atHere.add(message);
            return null;
        });
        Channel joined = await(there.channels().join("talk"));
        joined.onMessage(message -> {
            atThere.add(message);
            return joined.send("operator", "back");
        });
        await(made.send("host", "there"));
        ChannelMessage arrived = next(atThere);
        assertTrue(arrived.id().startsWith("here-"), arrived.id());
        ChannelMessage back = next(atHere);
        assertTrue(back.id().startsWith("there-"), back.id());
        assertEquals(Optional.of(arrived.id()), back.cause());
    }
}
