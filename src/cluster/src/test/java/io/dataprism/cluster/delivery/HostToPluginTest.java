package io.dataprism.cluster.delivery;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Publication;
import io.dataprism.kernel.messaging.Endpoint;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the host's endpoint into a plugin's mailbox. The host may do everything; a user of the bridge, whose way is the same, may not. */
final class HostToPluginTest extends PluginToPluginTest {
    private final Sender host = new EndpointSender(node.messaging.endpoint(Caller.HOST));

    private record EndpointSender(Endpoint endpoint) implements Sender {
        @Override
        public Future<Publication> publish(String topic, @Nullable Object body) {
            return endpoint.events().publish(topic, body);
        }

        @Override
        public Future<Object> call(String capability, @Nullable Object body, CallOptions options) {
            return endpoint.calls().call(PluginReceiver.NAME, capability, body, options);
        }
    }

    @Override
    Sender sender() {
        return host;
    }

    @Override
    List<Sender> denied() {
        return List.of(new EndpointSender(node.messaging.endpoint(Caller.user("ada"))));
    }
}
