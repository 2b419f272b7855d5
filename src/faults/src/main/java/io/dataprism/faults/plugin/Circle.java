package io.dataprism.faults.plugin;

import io.dataprism.api.Call;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.time.Duration;

/** Answers once the plugin that its setting {@code next} names has answered it. Whoever asks meanwhile waits. */
public final class Circle implements Plugin {
    private static final CallOptions SHORT = CallOptions.within(Duration.ofSeconds(5));

    private PluginContext context;
    private boolean asking;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("ask", this::ask);
    }

    private Future<Object> ask(Call call) {
        if (asking) {
            return context.promise().future();
        }
        asking = true;
        return call.calls().call(context.config().getString("next"), "ask", null, SHORT);
    }
}
