package io.dataprism.cluster;

import static io.dataprism.cluster.ClusteredKernels.await;
import static io.dataprism.cluster.ClusteredKernels.connect;
import static io.dataprism.cluster.ClusteredKernels.next;
import static io.dataprism.cluster.ClusteredKernels.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.Member;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import io.dataprism.api.Event;
import io.dataprism.api.PublishOptions;
import io.dataprism.kernel.Kernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that lost each other, went on by themselves, and found each other again. */
final class ApartTest {
    @TempDir
    Path folder;

    private ClusteredKernels nodes;
    private Kernel first;
    private Kernel second;

    @BeforeEach
    void open() {
        nodes = new ClusteredKernels("apart-test", folder);
        first = nodes.start("first");
        second = nodes.start("second");
        connect(first, second);
        connect(second, first);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private boolean areMembers(int count) {
        return nodes.node(0).members().size() == count
                && nodes.node(1).members().size() == count;
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    /** Whether each takes the other for gone; they do from now on. */
    private boolean areApart() {
        boolean apart = areMembers(1);
        if (!apart) {
            suspectOthers(nodes.node(0));
            suspectOthers(nodes.node(1));
        }
        return apart;
    }

    private static void suspectOthers(ClusteredNode node) {
        HazelcastInstanceProxy hazelcast = (HazelcastInstanceProxy) node.hazelcast();
        for (Member member : hazelcast.getCluster().getMembers()) {
            if (!member.localMember()) {
                hazelcast.getOriginal().node.getClusterService().suspectMember(member, "test", true);
            }
        }
    }

    /** Do all of {@code work} while they are apart. */
    private void apart(Runnable work) {
        until(() -> {
            until(this::areApart);
            work.run();
            return areMembers(1);
        });
    }

    private static void retain(Kernel node, String topic, @Nullable String value) {
        await(node.events().publish(topic, value, PublishOptions.RETAINED));
    }

    /** What a node tells who subscribes until {@code topics} values are there. */
    private static Map<String, Object> values(Kernel node, int topics) throws Exception {
        BlockingQueue<Event> told = subscribe(node, "state.*");
        Map<String, Object> values = new HashMap<>();
        while (values.size() < topics) {
            Event one = next(told);
            values.put(one.topic(), one.body());
        }
        return values;
    }

    @Test
    void eachGetsTheLastValuesOfTheOtherOnceTheyAreTogetherAgain() throws Exception {
        retain(first, "state.gone", "before");
        retain(first, "state.both", "before");
        assertEquals(2, values(second, 2).size());
        apart(() -> {
            retain(first, "state.both", "of first");
            retain(first, "state.first", "of first");
            retain(first, "state.gone", null);
            // The later one in any case: where both have one time, the name of the node decides.
            retain(second, "state.both", "of second");
            retain(second, "state.second", "of second");
        });
        BlockingQueue<Event> atFirst = subscribe(first, "state.second");
        BlockingQueue<Event> atSecond = subscribe(second, "state.first");
        until(() -> areMembers(2));
        Event ofSecond = next(atFirst);
        assertEquals("of second", ofSecond.body());
        assertTrue(ofSecond.retained());
        assertEquals("of first", next(atSecond).body());
        Map<String, Object> same =
                Map.of("state.both", "of second", "state.first", "of first", "state.second", "of second");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertEquals(same, values(first, 3));
            assertEquals(same, values(second, 3));
        });
    }
}
