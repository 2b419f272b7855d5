package io.dataprism.cluster;

import static io.dataprism.cluster.ClusteredKernels.await;
import static io.dataprism.cluster.ClusteredKernels.connect;
import static io.dataprism.cluster.ClusteredKernels.next;
import static io.dataprism.cluster.ClusteredKernels.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.api.PublishOptions;
import io.dataprism.kernel.Kernel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Last values of topics on other nodes than their publisher's. */
final class RetainedElsewhereTest {
    @TempDir
    Path folder;

    private ClusteredKernels nodes;

    @BeforeEach
    void open() {
        nodes = new ClusteredKernels("retained-test", folder);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aNodeThatJoinsGetsTheValuesOfTheOthersAndWhoSubscribesThereTheLastOne() throws Exception {
        Kernel first = nodes.start("first");
        await(first.events().publish("state.a", 1, PublishOptions.RETAINED));
        await(first.events().publish("state.gone", 1, PublishOptions.RETAINED));
        await(first.events().publish("state.gone", null, PublishOptions.RETAINED));
        Kernel second = nodes.start("second");
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
        Kernel first = nodes.start("first");
        Kernel second = nodes.start("second");
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
