package io.dataprism.files.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries the usual delimiters and quotes on the head of a CSV file, and takes the pair under which most rows have the same number of
 * columns.
 */
final class DialectSniffer {
    private static final int ROWS = 2000;
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final char[] QUOTES = {'"', '\''};

    private final String text;
    private final Overrides overrides;

    DialectSniffer(String text, Overrides overrides) {
        this.text = text;
        this.overrides = overrides;
    }

    /** A dialect and how well it explains the text. */
    private record Candidate(Dialect dialect, double score) {}

    Dialect sniff() {
        char comment = overrides.character("comment").orElseGet(this::comment);
        Optional<Candidate> best = Optional.empty();
        for (char delimiter : choices("delimiter", DELIMITERS)) {
            for (char quote : choices("quote", QUOTES)) {
                Candidate candidate = candidate(delimiter, quote, comment);
                if (best.isEmpty() || candidate.score() > best.get().score()) {
                    best = Optional.of(candidate);
                }
            }
        }
        return best.orElseThrow().dialect();
    }

    private char[] choices(String option, char[] usual) {
        return overrides.character(option).map(c -> new char[] {c}).orElse(usual);
    }

    private char comment() {
        return text.startsWith("#") ? '#' : 0;
    }

    private Candidate candidate(char delimiter, char quote, char comment) {
        boolean quotes = quote != 0 && text.indexOf(quote) >= 0;
        char escape = overrides
                .character("escape")
                .orElse(quotes && text.contains("\\" + quote) && !text.contains("" + quote + quote) ? '\\' : quote);
        List<CsvText.Row> rows = new ArrayList<>(new CsvText(text, delimiter, quote, escape == '\\').rows(ROWS));
        int skip = overrides.whole("skip").orElse(0);
        rows.removeIf(row -> row.line() <= skip || isComment(row, comment));
        int width = width(rows);
        int leading = overrides.whole("skip").isPresent() ? skip : leading(rows, width);
        int all = rows.size();
        rows.removeIf(row -> row.line() <= leading);
        long same = rows.stream().filter(row -> row.cells().size() == width).count();
        double consistency = all == 0 ? 0 : (double) same / all;
        // more columns that all rows agree on are better evidence; quotes that stand where quotes stand, too
        double score = width < 2 ? 0.01 : consistency * consistency * (1 + Math.log(width) / 4);
        if (quotes) {
            score += 0.05 * wellQuoted(rows, quote);
        }
        return new Candidate(
                new Dialect(delimiter, quote, escape, comment, leading), score - priority(delimiter, quote));
    }

    static boolean isComment(CsvText.Row row, char comment) {
        return comment != 0 && row.cells().get(0).value().startsWith(String.valueOf(comment));
    }

    /** A tie goes to the more usual one. */
    private static double priority(char delimiter, char quote) {
        return new String(DELIMITERS).indexOf(delimiter) * 0.001 + (quote == '"' ? 0 : 0.02);
    }

    /** How many columns most rows have; the wider of two that are as frequent. */
    private static int width(List<CsvText.Row> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.cells().size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1);
    }

    /** Lines before the first row of {@code width}, if they are few: a title, a date, a blank line. */
    private static int leading(List<CsvText.Row> rows, int width) {
        for (int i = 0; i < Math.min(rows.size(), 20); i++) {
            if (rows.get(i).cells().size() == width) {
                return i == 0 || rows.size() < 3 ? 0 : rows.get(i).line() - 1;
            }
        }
        return 0;
    }

    private static double wellQuoted(List<CsvText.Row> rows, char quote) {
        long quoted = 0;
        long stray = 0;
        for (CsvText.Row row : rows) {
            for (CsvText.Cell cell : row.cells()) {
                quoted += cell.quoted() ? 1 : 0;
                stray += !cell.quoted() && cell.value().indexOf(quote) >= 0 ? 1 : 0;
            }
        }
        return quoted + stray == 0 ? 0 : (double) (quoted - stray) / (quoted + stray);
    }
}
