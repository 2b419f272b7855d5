package io.dataprism.cluster;

import static io.dataprism.cluster.ClusteredKernels.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches a node sees what its own parties say in channels of other nodes: each message once. */
final class WatchBetweenNodesTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();
    private ClusteredKernels nodes;
    private Channel joined;

    @BeforeEach
    void open() {
        nodes = new ClusteredKernels("watch-test", folder);
        Kernel here = nodes.start("here");
        Kernel there = nodes.start("there");
        Channel made = await(here.endpoint(Caller.OPERATOR).channels().create("talk", Set.of("host", "user:nobody")));
        made.onMessage(message -> Future.succeededFuture("well"));
        joined = await(there.channels().join("talk"));
        there.messages().watch(WatchOptions.ALL.withKinds(Set.of(Kind.MESSAGE, Kind.REQUEST, Kind.ANSWER)), seen::add);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private void assertNext(Kind kind, String from, String to, Outcome outcome) throws Exception {
        Sighting next = ClusteredKernels.next(seen);
        assertEquals(
                kind + " " + from + " " + to + " " + outcome,
                next.kind() + " " + next.from() + " " + next.to() + " " + next.outcome(),
                next::toString);
    }

    @Test
    void messagesAndRequestsWithWhatBecameOfThem() throws Exception {
        await(joined.send("operator", "hello"));
        assertNext(Kind.MESSAGE, "host", "channel:talk:operator", Outcome.TAKEN);
        assertThrows(RuntimeException.class, () -> await(joined.send("user:nobody", "hello")));
        assertNext(Kind.MESSAGE, "host", "channel:talk:user:nobody", Outcome.REFUSED);
        assertThrows(RuntimeException.class, () -> await(joined.send("stranger", "hello")));
        assertNext(Kind.MESSAGE, "host", "channel:talk:stranger", Outcome.REFUSED);
        await(joined.broadcast("hello"));
        assertNext(Kind.MESSAGE, "host", "channel:talk:*", Outcome.TAKEN);
        assertEquals("well", await(joined.request("operator", "how?", CallOptions.DEFAULT)));
        assertNext(Kind.REQUEST, "host", "channel:talk:operator", Outcome.TAKEN);
        assertNext(Kind.ANSWER, "operator", "channel:talk:operator", Outcome.DONE);
        await(joined.send("operator", "the last"));
        assertNext(Kind.MESSAGE, "host", "channel:talk:operator", Outcome.TAKEN);
    }
}
