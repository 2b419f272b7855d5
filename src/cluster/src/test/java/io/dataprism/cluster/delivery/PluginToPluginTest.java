package io.dataprism.cluster.delivery;

import io.dataprism.api.Capabilities;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** From one plugin straight into the mailbox of another on its node. */
class PluginToPluginTest extends DeliveryContract {
    final Vertx vertx = Vertx.vertx();
    final ContractNode node = new ContractNode("here", vertx);
    final PluginReceiver receiver = new PluginReceiver(node, capabilities());
    private final Sender sender = new PluginSender(
            node.plugin("sender", Capabilities.none(), "event-publish:**", "call"), PluginReceiver.NAME);

    @AfterEach
    void close() {
        node.close();
        ContractNode.await(vertx.close());
    }

    @Override
    Sender sender() {
        return sender;
    }

    @Override
    List<Sender> denied() {
        return List.of(new PluginSender(
                node.plugin("stranger", Capabilities.none(), "event-publish:other", "call:other"),
                PluginReceiver.NAME));
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
}
