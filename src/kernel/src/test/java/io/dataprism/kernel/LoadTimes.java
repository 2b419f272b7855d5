package io.dataprism.kernel;

import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Measures how long a plugin takes from {@code load} to running, and from {@code unload} to gone. Run it by hand. */
final class LoadTimes {
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 500;

    private LoadTimes() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("load-times-");
        Vertx vertx = Vertx.vertx();
        Kernel kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));
        PluginJar jar = PluginJar.of("measured").capability("ping", "return Future.succeededFuture(1);");
        await(kernel.install(ArtifactSource.path(jar.in(folder))));
        System.out.printf("first load %.1f ms%n", millis(() -> await(kernel.load("measured"))));
        await(kernel.unload("measured"));
        double[] up = new double[ROUNDS];
        double[] down = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double loaded = millis(() -> await(kernel.load("measured")));
            double unloaded = millis(() -> await(kernel.unload("measured")));
            if (i >= 0) {
                up[i] = loaded;
                down[i] = unloaded;
            }
        }
        print("load to running", up);
        print("unload", down);
        await(kernel.close(Duration.ofSeconds(10)));
        await(vertx.close());
    }

    private static void print(String what, double[] times) {
        Arrays.sort(times);
        System.out.printf(
                "%s: median %.2f ms, p95 %.2f ms, longest %.2f ms%n",
                what, times[times.length / 2], times[times.length * 95 / 100], times[times.length - 1]);
    }

    /** Something that takes time. */
    private interface Work {
        void run() throws Exception;
    }

    private static double millis(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e6;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
