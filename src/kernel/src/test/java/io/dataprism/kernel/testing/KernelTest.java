package io.dataprism.kernel.testing;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A kernel on a Vertx for each test, and short words for what tests do with it. */
public abstract class KernelTest {
    @TempDir
    protected Path folder;

    protected Vertx vertx;
    protected Kernel kernel;

    @BeforeEach
    void createKernel() throws Exception {
        PluginJar.notes().clear();
        vertx = Vertx.vertx();
        kernel = await(Kernel.create(vertx, options()));
    }

    /** How the kernel is made. */
    protected KernelOptions options() {
        return KernelOptions.DEFAULT;
    }

    /** The kernel's end after each test. */
    protected Future<Void> closed() {
        return kernel.close(Duration.ofSeconds(10));
    }

    @AfterEach
    void closeKernel() throws Exception {
        await(closed());
        await(vertx.close());
    }

    protected static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** The failure of {@code future}, which is a known one. */
    protected static PluginException failure(Future<?> future) {
        Exception thrown = Assertions.assertThrows(Exception.class, () -> await(future));
        return Assertions.assertInstanceOf(PluginException.class, thrown.getCause());
    }

    protected PluginInfo install(PluginJar jar) throws Exception {
        return await(kernel.install(ArtifactSource.path(jar.in(folder))));
    }

    protected PluginInfo load(PluginJar jar) throws Exception {
        return await(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT));
    }

    protected PluginState state(String plugin) {
        return kernel.plugin(plugin).orElseThrow().state();
    }

    protected void awaitState(String plugin, PluginState state) {
        soon().until(() -> state(plugin) == state);
    }

    protected static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }

    protected static List<String> notes() {
        return List.copyOf(PluginJar.notes());
    }
}
