package io.dataprism.files.detect;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a CSV file's head into rows, leniently. */
final class CsvText {
    private final String text;
    private final char delimiter;
    private final char quote;
    private final boolean backslash;
    private int at;

    /**
     * @param quote NUL for none
     * @param backslash whether a backslash takes the next character as it is
     */
    CsvText(String text, char delimiter, char quote, boolean backslash) {
        this.text = text;
        this.delimiter = delimiter;
        this.quote = quote;
        this.backslash = backslash;
    }

    /** A value and whether it was quoted. */
    record Cell(String value, boolean quoted) {}

    /** A row and the line it begins in, from 1. */
    record Row(int line, List<Cell> cells) {
        boolean isBlank() {
            return cells.size() == 1 && cells.get(0).value().isBlank();
        }
    }

    /** At most {@code limit} rows, without blank lines. */
    List<Row> rows(int limit) {
        List<Row> rows = new ArrayList<>();
        int line = 1;
        while (at < text.length() && rows.size() < limit) {
            int from = at;
            Row row = new Row(line, row());
            line += breaks(from, at);
            if (!row.isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private int breaks(int from, int to) {
        int breaks = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                breaks++;
            }
        }
        return breaks;
    }

    private List<Cell> row() {
        List<Cell> cells = new ArrayList<>();
        while (true) {
            cells.add(cell());
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end != delimiter) {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                return cells;
            }
        }
    }

    private Cell cell() {
        boolean quoted = quote != 0 && at < text.length() && text.charAt(at) == quote;
        StringBuilder value = new StringBuilder();
        if (quoted) {
            at++;
            quotedPart(value);
        }
        while (at < text.length() && !ends(text.charAt(at))) {
            value.append(text.charAt(at++));
        }
        return new Cell(value.toString(), quoted);
    }

    private void quotedPart(StringBuilder value) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (backslash && c == '\\' && at < text.length()) {
                value.append(text.charAt(at++));
            } else if (c != quote) {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                value.append(quote);
                at++;
            } else {
                return;
            }
        }
    }

    private boolean ends(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }
}
