package io.dataprism.bench.report;

import io.dataprism.bench.row.Measured;
import io.dataprism.bench.stats.Median;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What was measured, as JSON: values as they were measured (operations a second, nanoseconds, bytes), not scaled. */
public final class JsonReport {
    private static final int VERSION = 1;

    private JsonReport() {}

    public static JsonObject of(Machine machine, List<Measured> rows) {
        JsonArray all = new JsonArray();
        rows.forEach(row -> all.add(row(row)));
        return new JsonObject()
                .put("version", VERSION)
                .put(
                        "machine",
                        new JsonObject()
                                .put("processor", machine.processor())
                                .put("processors", machine.processors())
                                .put("system", machine.system())
                                .put("jdk", machine.jdk())
                                .put("load", machine.load()))
                .put("date", machine.date().toString())
                .put("rows", all);
    }

    private static JsonObject row(Measured row) {
        JsonObject peers = new JsonObject();
        row.medians().forEach((peer, metrics) -> {
            JsonObject values = new JsonObject();
            metrics.forEach((metric, median) -> values.put(metric.name().toLowerCase(Locale.ROOT), median(median)));
            peers.put(peer, values);
        });
        JsonObject leads = new JsonObject();
        row.ratios().forEach((peer, ratio) -> leads.put(peer, median(ratio)));
        JsonArray targets = new JsonArray();
        row.verdicts()
                .forEach(verdict -> targets.add(new JsonObject()
                        .put("says", Verdicts.sentence(verdict))
                        .put("reached", verdict.isReached())
                        .put("certain", verdict.isCertain())));
        return new JsonObject()
                .put("name", row.name())
                .put("title", row.title())
                .put("metric", row.metric().name().toLowerCase(Locale.ROOT))
                .put("peers", peers)
                .put("leads", leads)
                .put("targets", targets);
    }

    private static JsonObject median(Median median) {
        return new JsonObject()
                .put("median", median.value())
                .put("low", median.low())
                .put("high", median.high())
                .put("confidence", median.confidence())
                .put("rounds", median.count());
    }
}
