package io.dataprism.cluster.delivery;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A plugin that sends, each message in a slice of its own. */
record PluginSender(ContractNode.Plugin plugin, String receiver) implements DeliveryContract.Sender {

    @Override
    public Future<Publication> publish(String topic, @Nullable Object body) {
        return plugin.run(() -> plugin.endpoint().events().publish(topic, body));
    }

    @Override
    public Future<Object> call(String capability, @Nullable Object body, CallOptions options) {
        return plugin.run(() -> plugin.endpoint().calls().call(receiver, capability, body, options));
    }
}
