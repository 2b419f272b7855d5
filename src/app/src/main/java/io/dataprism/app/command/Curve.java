package io.dataprism.app.command;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last values of something as a small curve of blocks, the newest on the right. */
final class Curve {
    private static final int LENGTH = 20;
    private static final int TOGETHER = 3;
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

    private final Deque<Double> values = new ArrayDeque<>();

    void add(double value) {
        values.addLast(value);
        if (values.size() > LENGTH * TOGETHER) {
            values.removeFirst();
        }
    }

    /** A block for every three values, the highest of them; a full one is {@code full} or more. */
    String text(double full) {
        StringBuilder text = new StringBuilder();
        double highest = 0;
        int taken = 0;
        for (double value : values) {
            highest = Math.max(highest, value);
            if (++taken % TOGETHER == 0 || taken == values.size()) {
                text.append(block(highest, full));
                highest = 0;
            }
        }
        return text.toString();
    }

    /** A block for every value; a full one is {@code full} or more. */
    static String of(double[] values, double full) {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            text.append(block(value, full));
        }
        return text.toString();
    }

    private static char block(double value, double full) {
        int level = (int) Math.ceil(Math.min(1, value / full) * (BLOCKS.length() - 1));
        return BLOCKS.charAt(Math.max(0, level));
    }
}
