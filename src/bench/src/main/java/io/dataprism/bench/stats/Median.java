package io.dataprism.bench.stats;

import java.util.Collection;
import java.util.List;

/**
 * A median between two of the values it was taken of. Whatever the distribution, the true median lies between {@code low} and {@code high}
 * with at least the probability {@code confidence} (order statistics; the binomial distribution says which two values). Fewer than six
 * values can't give 95 %: then the bounds are the least and the greatest, and {@code confidence} is what they do give.
 *
 * @param count how many values
 */
public record Median(double value, double low, double high, double confidence, int count) {
    private static final double WANTED = 0.95;

    /** @throws IllegalArgumentException where there are no values */
    public static Median of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        if (n == 0) {
            throw new IllegalArgumentException("A median needs at least one value.");
        }
        int outside = 1;
        while (outside < n / 2 && confidence(n, outside + 1) >= WANTED) {
            outside++;
        }
        double middle = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return new Median(
                middle, sorted.get(outside - 1), sorted.get(n - outside), Math.max(0, confidence(n, outside)), n);
    }

    /** How probably the median of n values' distribution lies between the k-th least and the k-th greatest of them. */
    private static double confidence(int n, int k) {
        double below = 0;
        double chosen = 1;
        for (int i = 0; i < k; i++) {
            below += chosen;
            chosen = chosen * (n - i) / (i + 1);
        }
        return 1 - 2 * below / Math.pow(2, n);
    }

    /** Whether {@code confidence} is the 95 % that is wanted. */
    public boolean isBounded() {
        return confidence >= WANTED;
    }
}
