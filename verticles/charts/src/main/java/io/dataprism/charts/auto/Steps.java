package io.dataprism.charts.auto;

/** Widths of bins that people count in: 1, 2, 2.5 and 5 times a power of ten. */
final class Steps {
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    private Steps() {}

    /** The smallest round step that needs at most {@code bins} bins from {@code low} to {@code high}. */
    static double of(double low, double high, int bins) {
        double least = (high - low) / bins;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double round : ROUND) {
            if (round * power >= least * (1 - 1e-9)) {
                return round * power;
            }
        }
        return 10 * power;
    }

    /** A step for whole numbers is whole. */
    static double ofWhole(double low, double high, int bins) {
        return Math.max(1, Math.rint(of(low, high, bins)));
    }
}
