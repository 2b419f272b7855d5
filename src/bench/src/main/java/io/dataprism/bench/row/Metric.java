package io.dataprism.bench.row;

/** Something that a row measures. */
public enum Metric {
    RATE("M/s", 1e-6, true),
    EACH("ns each", 1, false),
    CPU("CPU ns/op", 1, false),
    BYTES("bytes/op", 1, false),
    P50("p50 µs", 1e-3, false),
    P99("p99 µs", 1e-3, false),
    UP("up ms", 1e-6, false),
    DOWN("down ms", 1e-6, false),
    HEAP("heap KB", 1.0 / 1024, false),
    CLASSES("heap KB of bare classes", 1.0 / 1024, false),
    METASPACE("metaspace KB", 1.0 / 1024, false),
    WALL("ms", 1e-6, false),
    CPU_TIME("CPU ms", 1e-6, false),
    SPREAD("ms to all", 1e-6, false),
    THREADS("threads more", 1, false),
    IDLE("idle, % of a core", 100, false),
    PAGE("µs for a page after a second", 1e-3, false);

    private final String unit;
    private final double scale;
    private final boolean moreIsBetter;

    Metric(String unit, double scale, boolean moreIsBetter) {
        this.unit = unit;
        this.scale = scale;
        this.moreIsBetter = moreIsBetter;
    }

    /** What a scaled value is shown with. */
    public String unit() {
        return unit;
    }

    /** A measured value (operations a second, nanoseconds, bytes) in the unit that is shown. */
    public double shown(double measured) {
        return measured * scale;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
