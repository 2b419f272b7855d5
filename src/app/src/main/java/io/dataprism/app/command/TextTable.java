package io.dataprism.app.command;

import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns, for a reader. A terminal's lines are cut at its width; numbers stand right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... head) {
        this.head = List.of(head);
    }

    TextTable(List<String> head) {
        this.head = List.copyOf(head);
    }

    void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    int size() {
        return rows.size();
    }

    void print(Screen screen) {
        int[] widths = widths();
        boolean[] right = rightAligned();
        screen.out().println(screen.styled(Style.BOLD, cut(screen, line(head, widths, right))));
        rows.forEach(row -> screen.out().println(cut(screen, line(row, widths, right))));
    }

    private int[] widths() {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = length(head.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return widths;
    }

    private boolean[] rightAligned() {
        boolean[] right = new boolean[head.size()];
        for (int i = 0; i < right.length; i++) {
            int column = i;
            right[i] = !rows.isEmpty()
                    && rows.stream()
                            .allMatch(row -> row.get(column)
                                    .matches("|[-+]?[0-9][0-9,]*([.][0-9]+)?(E[-+]?[0-9]+)?( ms| s| %)?"));
        }
        return right;
    }

    private static String line(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - length(cells.get(i)));
            line.append(i == 0 ? "" : GAP)
                    .append(right[i] ? padding : "")
                    .append(cells.get(i))
                    .append(right[i] || i == widths.length - 1 ? "" : padding);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(Screen screen, String line) {
        return screen.isTerminal() && length(line) > screen.width()
                ? line.substring(0, line.offsetByCodePoints(0, screen.width() - 1)) + "…"
                : line;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
