package io.dataprism.bench.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.vertx.core.Future;

/** Makes the calls of a site as often as it is told, and answers how many it made. */
public final class Sites implements Plugin {
    @Override
    public Capabilities capabilities() {
        return Capabilities.of(
                "call",
                call -> Future.succeededFuture(new CallingSites(call.json().getString("site"))
                        .applyAsLong(call.json().getInteger("times"))));
    }
}
