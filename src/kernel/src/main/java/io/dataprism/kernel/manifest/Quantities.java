package io.dataprism.kernel.manifest;

import java.time.Duration;

/** Sizes and times as the manifest writes them; their form was checked by the schema. */
final class Quantities {
    private Quantities() {}

    /** Bytes, from {@code 128MiB}. */
    static long bytes(String text) {
        int unit = unit(text);
        int shift = switch (text.substring(unit)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        return Math.multiplyExact(Long.parseLong(text.substring(0, unit)), 1L << shift);
    }

    /** From {@code 30s}. */
    static Duration duration(String text) {
        int unit = unit(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static int unit(String text) {
        int at = 0;
        while (Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
