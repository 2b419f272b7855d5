package io.dataprism.charts.engine;

import java.time.Duration;

/**
 * What one chart may take.
 *
 * @param rows a longer table is sampled down to this, and the drawing says so
 * @param marks how many marks a drawing may have
 * @param time how long Vega may work on it
 * @param svgBytes how long its SVG may be
 * @param pixels how many pixels a PNG may have
 * @param worlds how many charts may be drawn at once; each holds about 30 MB
 */
public record ChartLimits(int rows, int marks, Duration time, int svgBytes, long pixels, int worlds) {

    public ChartLimits {
        if (rows < 1 || marks < 1 || svgBytes < 1 || pixels < 1 || worlds < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("Each limit of charts must be positive");
        }
    }

    /** For a service: 50,000 rows, 20,000 marks, 30 seconds, 32 MB of SVG, 64 megapixels, two at once. */
    public static ChartLimits standard() {
        return new ChartLimits(50_000, 20_000, Duration.ofSeconds(30), 32 << 20, 64_000_000L, 2);
    }
}
