package io.dataprism.kernel.lifecycle;

import java.time.Duration;

/** Times and sizes as messages show them. */
final class Quantity {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    private Quantity() {}

    /** For example {@code 30 s}, or {@code 250 ms}. */
    static String time(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
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
