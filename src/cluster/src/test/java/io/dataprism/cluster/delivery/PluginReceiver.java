package io.dataprism.cluster.delivery;

import static io.dataprism.cluster.delivery.ContractNode.await;

import io.dataprism.api.Capabilities;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.Lag;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The plugin {@value #NAME}, which receives. */
final class PluginReceiver {
    static final String NAME = "receiver";

    private final ContractNode node;
    private final ContractNode.Plugin plugin;

    PluginReceiver(ContractNode node, Capabilities capabilities) {
        this.node = node;
        this.plugin = node.plugin(NAME, capabilities, "event-subscribe:**");
    }

    void receive(String topic, Consumer<@Nullable Object> handler) {
        await(plugin.run(() -> plugin.endpoint().events().subscribe(topic, event -> handler.accept(event.body()))));
    }

    Runnable block() throws InterruptedException {
        return ContractNode.block(plugin.deployment().context());
    }

    void stop() {
        plugin.endpoint().close();
    }

    long refused() {
        return node.messaging.lag(new PluginId(NAME)).map(Lag::refused).orElse(0L);
    }
}
