package io.dataprism.bench.lane;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Vertx of its own and verticles on it, all on event loops or all on workers. */
final class BusVerticles implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final DeploymentOptions options;

    BusVerticles(boolean workers) {
        options =
                new DeploymentOptions().setThreadingModel(workers ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP);
    }

    Vertx vertx() {
        return vertx;
    }

    void deploy(VerticleBase verticle) throws Exception {
        KernelNode.await(vertx.deployVerticle(verticle, options));
    }

    /** The context of a verticle that was deployed for it. */
    Context context() throws Exception {
        CompletableFuture<Context> made = new CompletableFuture<>();
        deploy(new VerticleBase() {
            @Override
            public Future<?> start() {
                made.complete(context);
                return Future.succeededFuture();
            }
        });
        return made.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        KernelNode.await(vertx.close());
    }
}
