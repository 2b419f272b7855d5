package io.dataprism.charts;

import io.dataprism.api.FailureKind;
import io.dataprism.charts.engine.ChartException;
import io.dataprism.charts.engine.ChartLimits;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The plugin's configuration; the manifest's schema has checked it and filled in what was left out. */
final class Settings {
    private Settings() {}

    static ChartLimits limits(JsonObject config) {
        ChartLimits standard = ChartLimits.standard();
        return new ChartLimits(
                config.getInteger("maxRows", standard.rows()),
                config.getInteger("maxMarks", standard.marks()),
                Duration.ofSeconds(config.getLong("maxSeconds", standard.time().toSeconds())),
                standard.svgBytes(),
                config.getLong("maxPixels", standard.pixels()),
                config.getInteger("parallel", standard.worlds()));
    }

    static Duration lease(JsonObject config) {
        return Duration.ofMinutes(config.getLong("leaseMinutes", 30L));
    }

    static int views(JsonObject config) {
        return config.getInteger("maxViews", 500);
    }

    static boolean warm(JsonObject config) {
        return config.getBoolean("warm", true);
    }

    /** Whose fault a failure is. */
    static FailureKind kind(ChartException failure) {
        return switch (failure.kind()) {
            case SPECIFICATION, LIMIT, DRAWING -> FailureKind.INVALID;
            case EXPORT -> FailureKind.FAILED;
        };
    }
}
