package io.dataprism.cluster.delivery;

import static io.dataprism.cluster.delivery.ContractNode.await;

import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.PluginId;
import io.dataprism.cluster.ClusterOptions;
import io.dataprism.cluster.ClusteredNode;
import io.dataprism.kernel.vertx.BusAccess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * From a plugin to one on another node of a cluster. A publication tells of its own node, and a call goes another way than an event. Both nodes
 * ask their own gates.
 */
final class PluginToOtherNodeTest extends DeliveryContract {
    private static final AtomicInteger KERNELS = new AtomicInteger();
    private static ClusteredNode first;
    private static ClusteredNode second;

    /** Each test has addresses of its own. */
    private final String prefix = "contract-" + KERNELS.incrementAndGet() + ":";

    private final ContractNode one = new ContractNode("one", first.vertx(), prefix);
    private final ContractNode two = new ContractNode("two", second.vertx(), prefix);
    private final PluginReceiver receiver = new PluginReceiver(two, capabilities());
    private final Sender sender = sender("sender");

    private Sender sender(String name) {
        return new PluginSender(one.plugin(name, Capabilities.none(), "event-publish:**", "call"), PluginReceiver.NAME);
    }

    @BeforeAll
    static void join() {
        first = await(ClusteredNode.start(options("one")));
        second = await(ClusteredNode.start(options("two", "127.0.0.1:" + first.port())));
    }

    private static ClusterOptions options(String node, String... members) {
        return new ClusterOptions(
                "contract-test-" + ProcessHandle.current().pid(),
                node,
                "127.0.0.1",
                "127.0.0.1",
                0,
                0,
                List.of(members),
                false,
                Duration.ofSeconds(10));
    }

    @AfterAll
    static void leave() {
        await(second.close());
        await(first.close());
    }

    @BeforeEach
    void connect() {
        one.messaging.remoteTrust(first.trust());
        two.messaging.remoteTrust(second.trust());
        two.grant(Caller.plugin(new PluginId("sender")), "event-publish:**", "call");
        BusAccess bus = new BusAccess(first.vertx());
        for (String capability : capabilities().names()) {
            String address = prefix + "plugin:" + PluginReceiver.NAME + ":" + capability;
            Awaitility.await().until(() -> await(bus.isServed(address)));
        }
        Awaitility.await().until(() -> await(bus.isServed(prefix + "kernel-node:two")));
        bus.close();
        AtomicInteger heard = new AtomicInteger();
        receiver.receive("ready", body -> heard.incrementAndGet());
        Awaitility.await().until(() -> {
            await(sender.publish("ready", null));
            return heard.get() > 0;
        });
        // Behind all of these, so that none of them is still on its way.
        AtomicInteger settled = new AtomicInteger();
        receiver.receive("settled", body -> settled.incrementAndGet());
        await(sender.publish("settled", null));
        Awaitility.await().until(() -> settled.get() > 0);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Override
    Sender sender() {
        return sender;
    }

    /** One who may not on its own node, and one who may there and not on the other. */
    @Override
    List<Sender> denied() {
        two.grant(Caller.plugin(new PluginId("unknown")), "event-publish:other", "call:other");
        return List.of(
                new PluginSender(
                        one.plugin("stranger", Capabilities.none(), "event-publish:other", "call:other"),
                        PluginReceiver.NAME),
                sender("unknown"));
    }

    @Override
    void receive(String topic, Consumer<@Nullable Object> handler) {
        receiver.receive(topic, handler);
    }

    @Override
    Runnable block() throws Exception {
        return receiver.block();
    }

    @Override
    void stopReceiver() {
        receiver.stop();
    }

    @Override
    long refused() {
        return receiver.refused();
    }

    @Override
    boolean ordersKinds() {
        return false;
    }

    @Override
    boolean tellsPublisher() {
        return false;
    }
}
