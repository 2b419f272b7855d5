package io.dataprism.charts.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody probably meant. */
public final class Nearest {
    private static final int SHOWN = 14;

    private Nearest() {}

    /** The known word nearest to {@code word}, if one is near enough to be a slip of it. */
    public static Optional<String> of(String word, Collection<String> known) {
        int bound = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(other -> distance(word, other) <= bound)
                .min(Comparator.comparingInt((String other) -> distance(word, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code , did you mean 'x'?}, or what there is to choose from. */
    public static String hint(String word, Collection<String> known, String otherwise) {
        return of(word, known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "; " + otherwise + ": " + list(known));
    }

    static String list(Collection<String> known) {
        List<String> sorted = known.stream().sorted().toList();
        String shown = sorted.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return sorted.size() <= SHOWN ? shown : shown + ", … (" + sorted.size() + " in all)";
    }

    /** Edits between two words, a swap of neighbours counting as one, upper and lower case as the same. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = step(a, b, i, j, edits);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] edits) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + same, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
