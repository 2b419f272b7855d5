package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.Echo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Host code's request on the raw bus, answered by a plugin. */
final class BusToPluginCallLane implements CallLane {
    private static final String ADDRESS = "plugin:echo:echo";

    private final KernelNode node = new KernelNode();
    private final CompletableFuture<Context> host = new CompletableFuture<>();

    BusToPluginCallLane() throws Exception {}

    @Override
    public void open() throws Exception {
        node.run("echo", Echo.class, new JsonObject(), List.of(), "echo");
        node.deploy(new VerticleBase() {
            @Override
            public Future<?> start() {
                host.complete(context);
                return Future.succeededFuture();
            }
        });
        host.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void execute(Runnable step) {
        host.join().runOnContext(go -> step.run());
    }

    @Override
    public void call(Object body, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        node.vertx()
                .eventBus()
                .request(ADDRESS, body)
                .onComplete(answer ->
                        answered.accept(answer.succeeded() ? answer.result().body() : null, answer.cause()));
    }

    @Override
    public void close() throws Exception {
        node.close();
    }
}
