package io.dataprism.bench.report;

import io.dataprism.bench.row.Measured;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Draws measured rows with the charts plugin, in a kernel of its own that is gone when it is done. */
public final class Plots {
    private static final String SPEC = "plot.vl.json";
    private static final LoadOptions ALLOWED = LoadOptions.DEFAULT.grants(
            "event-subscribe:plugin.*.stopped",
            "event-subscribe:plugin.*.error",
            "event-subscribe:plugin.*.quarantined");

    private final Path charts;
    private final Path folder;

    /**
     * @param charts the charts plugin's jar
     * @param folder where the pictures go
     */
    public Plots(Path charts, Path folder) {
        this.charts = charts;
        this.folder = folder;
    }

    /** Draw each row; answers the pictures' names in the folder by the rows' names. */
    public Map<String, String> draw(List<Measured> rows) throws Exception {
        Files.createDirectories(folder);
        Vertx vertx = Vertx.vertx();
        try {
            Kernel kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));
            await(kernel.load(ArtifactSource.shipped(charts), ALLOWED));
            Map<String, String> drawn = new HashMap<>();
            for (Measured row : rows) {
                String name = row.name().replace('/', '-') + ".svg";
                Files.write(folder.resolve(name), svg(kernel, row));
                drawn.put(row.name(), name);
            }
            await(kernel.close(Duration.ofSeconds(30)));
            return drawn;
        } finally {
            await(vertx.close());
        }
    }

    private static byte[] svg(Kernel kernel, Measured row) throws Exception {
        JsonObject render = new JsonObject()
                .put("data", values(row))
                .put("config", new JsonObject().put("spec", spec(row)).put("title", row.title()));
        JsonObject view = await(kernel.<JsonObject>call("charts", "render", render));
        JsonObject export = await(kernel.<JsonObject>call(
                "charts", "export", new JsonObject().put("view", view).put("format", "svg")));
        return export.getBuffer("content").getBytes();
    }

    private static JsonArray values(Measured row) {
        double scale = row.metric().shown(1);
        JsonArray values = new JsonArray();
        row.medians().forEach((peer, metrics) -> {
            var median = metrics.get(row.metric());
            if (median != null) {
                values.add(new JsonObject()
                        .put("peer", peer)
                        .put("value", median.value() * scale)
                        .put("low", median.low() * scale)
                        .put("high", median.high() * scale));
            }
        });
        return values;
    }

    private static JsonObject spec(Measured row) throws IOException {
        try (var in = Plots.class.getResourceAsStream(SPEC)) {
            if (in == null) {
                throw new IOException("The benchmark's jar lacks " + SPEC + ".");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new JsonObject(text.replace("UNIT", row.metric().unit()));
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
