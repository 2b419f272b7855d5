package io.dataprism.app;

import io.dataprism.api.Caller;
import io.dataprism.app.control.ControlAddress;
import io.dataprism.app.control.ControlServer;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A node in this JVM that commands speak to at its data folder. */
final class ControlledNode implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    final Kernel kernel;

    ControlledNode(Path data) throws Exception {
        kernel = join(Kernel.create(vertx, KernelOptions.DEFAULT.withDataFolder(data)));
        join(ControlServer.start(
                vertx,
                ControlAddress.in(data),
                (noun, verb, body) -> kernel.control().invoke(Caller.OPERATOR, noun, verb, body)));
    }

    static <T> T join(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        join(kernel.close(Duration.ofSeconds(10)));
        join(vertx.close());
    }
}
