package io.dataprism.kernel.messaging;

import io.dataprism.api.StreamOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How far whoever streams may run ahead of who reads, and how long nothing may move.
 *
 * @param items so many at most
 * @param bytes about so many at most, or one item
 */
record StreamTerms(int items, long bytes, long idleNanos) {
    /** Between nodes, in the header of the request. */
    static final String HEADER = "dp-stream";

    private static final String BETWEEN = ",";
    private static final int PARTS = 3;
    private static final long MILLI = 1_000_000;

    static StreamTerms of(StreamOptions options) {
        return new StreamTerms(options.items(), options.bytes(), Deadlines.nanos(options.idle()));
    }

    String write() {
        return items + BETWEEN + bytes + BETWEEN + Math.max(1, idleNanos / MILLI);
    }

    /** What {@link #write} wrote; empty where it is something else, or beyond what options may say. */
    static Optional<StreamTerms> read(String text) {
        String[] parts = text.split(BETWEEN, PARTS);
        if (parts.length < PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(StreamOptions.DEFAULT
                    .ahead(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
                    .idle(Duration.ofMillis(Long.parseLong(parts[2])))));
        } catch (RuntimeException wrong) {
            return Optional.empty();
        }
    }
}
