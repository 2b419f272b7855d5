package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.store.DataFolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that is made on a Vertx which is closing, or closed, is no kernel, and leaves nothing behind. */
class ClosingVertxTest {
    @TempDir
    Path folder;

    private KernelOptions options() {
        return KernelOptions.DEFAULT.withDataFolder(folder.resolve("data"));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void nobodyHasTheFolder() throws Exception {
        DataFolder.open(folder.resolve("data")).close();
    }

    @Test
    void onAClosedVertx() throws Exception {
        for (boolean supportedApiOnly : new boolean[] {false, true}) {
            Vertx vertx = Vertx.vertx();
            await(vertx.close());
            Future<Kernel> made = Kernel.create(vertx, options().withSupportedApiOnly(supportedApiOnly));
            await(made.otherwiseEmpty());
            assertEquals(
                    "DP-0806",
                    assertInstanceOf(PluginException.class, made.cause()).code());
            nobodyHasTheFolder();
        }
    }

    @Test
    void whileTheVertxCloses() throws Exception {
        for (int round = 0; round < 30; round++) {
            Vertx vertx = Vertx.vertx();
            Future<Kernel> made = Kernel.create(vertx, options());
            for (int spin = 0; spin < round * 4000; spin++) {
                Thread.onSpinWait();
            }
            await(vertx.close());
            Kernel kernel = await(made.otherwiseEmpty());
            if (kernel != null) {
                assertEquals(
                        "DP-0806",
                        assertInstanceOf(
                                        PluginException.class,
                                        await(kernel.install(io.dataprism.kernel.registry.ArtifactSource.parse("x.jar"))
                                                .transform(done -> Future.succeededFuture(done.cause()))))
                                .code());
            }
            nobodyHasTheFolder();
        }
    }
}
