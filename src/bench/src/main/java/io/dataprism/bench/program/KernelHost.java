package io.dataprism.bench.program;

import io.dataprism.bench.plugin.Resting;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testkit.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The kernel as it comes. An artifact is installed (checked, copied; in a temporary folder it waits for no disk) when its jar is made, before its plugin is started. */
final class KernelHost implements PluginHost {
    private final Vertx vertx = Vertx.vertx();
    private final Kernel kernel;

    KernelHost() throws Exception {
        kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));
    }

    @Override
    public Path jar(String id, Path folder) throws Exception {
        Path jar = PluginJar.of(id).main(Resting.class).writeTo(folder);
        await(kernel.install(ArtifactSource.path(jar)));
        return jar;
    }

    @Override
    public Object up(String id, Path jar) throws Exception {
        await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT));
        return id;
    }

    @Override
    public void down(Object plugin) throws Exception {
        await(kernel.unload((String) plugin));
    }

    @Override
    public void close() throws Exception {
        await(kernel.close(Duration.ofMinutes(1)));
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
