package io.dataprism.tables.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggests known names that are close to one that isn't known. */
final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    /** A sentence that starts with a blank: the near names if there are any, else the first known ones. */
    static String hint(String wanted, Collection<String> known) {
        List<String> near = known.stream()
                .filter(name -> distance(fold(wanted), fold(name)) <= reach(wanted))
                .sorted(Comparator.comparingInt(name -> distance(fold(wanted), fold(name))))
                .limit(MOST)
                .toList();
        if (!near.isEmpty()) {
            return " Did you mean " + quoted(near, " or ") + "?";
        }
        List<String> some = known.stream().limit(12).toList();
        return some.isEmpty()
                ? ""
                : " There are " + quoted(some, ", ") + (known.size() > some.size() ? " and more." : ".");
    }

    private static int reach(String wanted) {
        return wanted.length() < 4 ? 1 : Math.max(2, wanted.length() / 3);
    }

    private static String quoted(List<String> names, String between) {
        return "'" + String.join("'" + between + "'", names) + "'";
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]+", "");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
