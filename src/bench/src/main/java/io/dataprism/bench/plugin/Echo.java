package io.dataprism.bench.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.vertx.core.Future;

/** Answers with what it was asked. */
public final class Echo implements Plugin {
    @Override
    public Capabilities capabilities() {
        return Capabilities.of("echo", call -> Future.succeededFuture(call.body()));
    }
}
