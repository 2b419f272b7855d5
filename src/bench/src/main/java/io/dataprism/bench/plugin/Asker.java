package io.dataprism.bench.plugin;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Calls;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Calls {@code echo} of the plugin named in {@code to} with whatever it is given. */
public final class Asker implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        BiConsumer<Executor, BiConsumer<Object, BiConsumer<Object, Throwable>>> driver = Meeting.asker(context);
        Calls calls = context.calls();
        String to = context.config().getString("to");
        driver.accept(
                context::execute,
                (body, answered) -> calls.call(to, "echo", body, CallOptions.DEFAULT)
                        .onComplete(answer -> answered.accept(answer.result(), answer.cause())));
        return Future.succeededFuture();
    }
}
