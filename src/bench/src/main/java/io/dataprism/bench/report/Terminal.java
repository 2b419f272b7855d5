package io.dataprism.bench.report;

import io.dataprism.bench.row.Measured;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints what was measured for people. */
public final class Terminal {
    private final PrintWriter out;

    public Terminal(PrintWriter out) {
        this.out = out;
    }

    public void print(Measured row) {
        TextTable table = new TextTable(row);
        List<List<String>> all = new ArrayList<>();
        all.add(table.header());
        all.addAll(table.lines());
        out.println();
        out.println(row.name() + ": " + row.title());
        for (List<String> line : all) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                int width = width(all, column);
                text.append(column == 0 ? left(line.get(column), width) : right(line.get(column), width + 2));
            }
            out.println("  " + text.toString().stripTrailing());
        }
        row.verdicts().forEach(verdict -> out.println("  " + Verdicts.sentence(verdict)));
        out.flush();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
