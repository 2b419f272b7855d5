package io.dataprism.kernel.resource;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What one plugin used over the last hour: a point for each ten seconds in which it used anything, so that one that rests takes next to nothing. Owned by
 * whoever samples; read under the lock of this.
 */
final class UseHistory {
    static final Duration STEP = Duration.ofSeconds(10);
    private static final int MOST = 360;
    private static final int FEW = 4;
    private static final double TENTHS = 10;
    private static final int KIB = 10;

    /** The steps since the epoch. */
    private int[] at = new int[FEW];
    /** Tenths of a percent of one core. */
    private short[] cpu = new short[FEW];
    /** In KiB. */
    private int[] memory = new int[FEW];

    private int first;
    private int count;

    /** In step {@code step} it used so much of a core, and held so much at its end. */
    synchronized void add(int step, double percent, long bytes) {
        forgetBefore(step - MOST);
        if (count == at.length) {
            grow();
        }
        int index = (first + count) % at.length;
        at[index] = step;
        cpu[index] = (short) Math.min(Short.MAX_VALUE, Math.round(percent * TENTHS));
        memory[index] = (int) Math.min(Integer.MAX_VALUE, bytes >> KIB);
        count++;
    }

    private void forgetBefore(int step) {
        while (count > 0 && at[first] <= step) {
            first = (first + 1) % at.length;
            count--;
        }
    }

    private void grow() {
        int size = Math.min(MOST + 1, at.length * 2);
        at = Arrays.copyOf(rotated(at), size);
        memory = Arrays.copyOf(rotated(memory), size);
        short[] turned = new short[size];
        for (int i = 0; i < count; i++) {
            turned[i] = cpu[(first + i) % cpu.length];
        }
        cpu = turned;
        first = 0;
    }

    private int[] rotated(int[] ring) {
        int[] turned = new int[count];
        for (int i = 0; i < count; i++) {
            turned[i] = ring[(first + i) % ring.length];
        }
        return turned;
    }

    /** The points, the oldest first: {@code at}, {@code cpuPercent}, {@code memory} in bytes. */
    synchronized JsonArray toJson() {
        JsonArray points = new JsonArray();
        for (int i = 0; i < count; i++) {
            int index = (first + i) % at.length;
            points.add(point(
                    Instant.ofEpochSecond(at[index] * STEP.toSeconds()),
                    cpu[index] / TENTHS,
                    (long) memory[index] << KIB));
        }
        return points;
    }

    /** One of {@link #toJson}. */
    static JsonObject point(Instant at, double percent, long bytes) {
        return new JsonObject()
                .put("at", at.toString())
                .put("cpuPercent", Math.round(percent * TENTHS) / TENTHS)
                .put("memory", bytes);
    }
}
