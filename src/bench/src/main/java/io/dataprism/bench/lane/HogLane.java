package io.dataprism.bench.lane;

/** A lane in whose runtime somebody else can be made to burn CPU: in turns of a millisecond, each asking for the next. */
public interface HogLane extends MessageLane {
    /** Start it; it goes on until the lane is closed. */
    void startHog() throws Exception;

    static HogLane named(String name) throws Exception {
        return switch (name) {
            case "kernel" -> KernelLane.withDefaults();
            case "bus, event loops" -> new BusLane(false);
            case "bus, workers" -> new BusLane(true);
            default -> throw new IllegalArgumentException("Nobody burns CPU beside the lane '" + name + "'.");
        };
    }
}
