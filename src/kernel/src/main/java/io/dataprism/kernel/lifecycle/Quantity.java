package io.dataprism.kernel.lifecycle;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes as messages show them. */
final class Quantity {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};
    private static final int STEP = 1024;

    private Quantity() {}

    /** For example {@code 30 s}, or {@code 250 ms}. */
    static String time(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** In the largest unit of which there is one, with a digit behind the point, for example {@code 3.1 MiB}. */
    static String about(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** In the largest unit that leaves a whole number, for example {@code 128 MiB}. */
    static String bytes(long bytes) {
        long amount = bytes;
        int unit = 0;
        while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return amount + " " + UNITS[unit];
    }
}
