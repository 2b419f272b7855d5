package io.dataprism.app.command;

import java.util.Locale;

/** Sizes as commands show them. */
final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final double STEP = 1024;
    private static final double FEW = 10;

    private Amounts() {}

    /** With two digits at least where it is no whole number of its unit, for example {@code 1.5 MiB} or {@code 128 MiB}. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        boolean whole = amount >= FEW || amount == Math.rint(amount);
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }
}
