package io.dataprism.files;

import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches one file through the kernel and tells what it took. How to run it is in {@code docs/files.md}. */
public final class LargeFile {
    private LargeFile() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        Vertx vertx = Vertx.vertx();
        try (TestKernel kernel = TestKernel.on(vertx)) {
            kernel.load(Path.of("../tables"));
            PluginUnderTest files = kernel.load(Path.of("."));
            JsonObject config = new JsonObject().put("config", new JsonObject().put("path", file.toString()));
            String connection = files.call("connect", config).getString("connection");
            long start = System.nanoTime();
            JsonObject fetched = files.call("fetch", new JsonObject().put("connection", connection));
            double seconds = (System.nanoTime() - start) / 1e9;
            long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getPeakUsage)
                    .mapToLong(usage -> usage.getUsed())
                    .sum();
            System.out.printf(
                    "%d MB, %d rows in %.1f s; heap %d MB at most of %d MB%n",
                    Files.size(file) >> 20,
                    fetched.getJsonObject("report").getLong("rows"),
                    seconds,
                    peak >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            Await.result("Vert.x to close", vertx.close());
        }
    }
}
