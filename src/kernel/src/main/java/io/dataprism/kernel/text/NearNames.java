package io.dataprism.kernel.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what was likely meant by a name that is not known. */
public final class NearNames {
    private static final int LONGEST = 100;

    private NearNames() {}

    /** The known names within a third of the letters of {@code name}, nearest first, at most three. */
    public static List<String> of(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        String meant = name.toLowerCase(Locale.ROOT);
        int farthest = Math.max(1, meant.length() / 3);
        return known.stream()
                .filter(candidate -> distance(meant, candidate.toLowerCase(Locale.ROOT)) <= farthest)
                .sorted(Comparator.comparingInt(
                                (String candidate) -> distance(meant, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /** The nearest one. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return of(name, known).stream().findFirst();
    }

    /** Damerau–Levenshtein distance: insertions, deletions, replacements, and swaps of neighbours count one each. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
