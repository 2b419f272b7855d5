package io.dataprism.cluster;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What the processes of {@link ClusterProcessesTest} load from a jar: says back what it is told, and by whom. */
public final class EchoPlugin implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("say", call -> Future.succeededFuture(call.body()))
                .and("never", call -> Promise.promise().future())
                .and("who", call -> Future.succeededFuture(call.caller().toString()));
    }
}
