package io.dataprism.bench.report;

import io.dataprism.bench.row.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of {@code docs/performance.md} between two marks, one section a row. Rows that were measured replace their sections, the others stay
 * as they were with the machine and date that they were measured on; what stands outside the marks is never touched.
 */
public final class Document {
    static final String BEGIN = "<!-- measured: written by ./dataprism bench, don't edit -->";
    static final String END = "<!-- measured: end -->";
    private static final Pattern SECTION = Pattern.compile("(?m)^### ");

    private final Path file;
    private final List<String> order;

    /** @param order the names of all rows, in the order of the document */
    public Document(Path file, List<String> order) {
        this.file = file;
        this.order = List.copyOf(order);
    }

    /**
     * Write the rows into it.
     *
     * @param plots for a row's name the path of its plot, as seen from the document
     * @throws IOException where it can't be read or written, or has no marks
     */
    public void write(Machine machine, List<Measured> rows, Map<String, String> plots) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(
                    file + " lacks the marks between which figures go: '" + BEGIN + "' and '" + END + "'.");
        }
        Map<String, String> sections = sections(text.substring(begin + BEGIN.length(), end));
        for (Measured row : rows) {
            sections.put(row.name(), section(machine, row, plots));
        }
        Files.writeString(file, text.substring(0, begin) + BEGIN + "\n\n" + inOrder(sections) + text.substring(end));
    }

    private String inOrder(Map<String, String> sections) {
        List<String> names = new ArrayList<>(order);
        sections.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return names.stream().filter(sections::containsKey).map(sections::get).collect(Collectors.joining());
    }

    private static Map<String, String> sections(String text) {
        Map<String, String> sections = new TreeMap<>();
        Matcher heads = SECTION.matcher(text);
        List<Integer> starts = new ArrayList<>();
        while (heads.find()) {
            starts.add(heads.start());
        }
        starts.add(text.length());
        for (int i = 0; i + 1 < starts.size(); i++) {
            String section = text.substring(starts.get(i), starts.get(i + 1));
            String head = section.substring("### ".length(), section.indexOf('\n'));
            sections.put(head.substring(head.indexOf('`') + 1, head.lastIndexOf('`')), section);
        }
        return sections;
    }

    private static String section(Machine machine, Measured row, Map<String, String> plots) {
        TextTable table = new TextTable(row);
        StringBuilder text = new StringBuilder();
        text.append("### `").append(row.name()).append("` ").append(row.title()).append("\n\n");
        line(text, table.header());
        line(text, table.header().stream().map(column -> "---").toList());
        table.lines().forEach(line -> line(text, line));
        text.append('\n');
        row.verdicts()
                .forEach(verdict -> text.append(Verdicts.sentence(verdict)).append(".  \n"));
        text.append(String.format(
                Locale.ROOT,
                "%s, %s, %d processors, %s",
                machine.date(),
                machine.processor(),
                machine.processors(),
                machine.jdk()));
        text.append(
                machine.isBusy()
                        ? String.format(Locale.ROOT, "; **others used the machine (load %.1f)**", machine.load())
                        : "");
        text.append(".\n\n");
        if (plots.containsKey(row.name())) {
            text.append("![")
                    .append(row.title())
                    .append("](")
                    .append(plots.get(row.name()))
                    .append(")\n\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
