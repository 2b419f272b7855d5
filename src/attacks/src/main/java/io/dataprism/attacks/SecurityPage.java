package io.dataprism.attacks;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.Column;
import io.dataprism.attacks.host.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of attacks in the page about security, between two markers that stay. */
final class SecurityPage {
    static final String BEGIN = "<!-- attacks: written by ./dataprism test --attacks -->";
    static final String END = "<!-- attacks: end -->";

    private final List<SuiteReport> reports;
    private final KnownHoles known;
    private final StringBuilder text = new StringBuilder();

    private SecurityPage(List<SuiteReport> reports, KnownHoles known) {
        this.reports = reports;
        this.known = known;
    }

    static void write(Path page, List<SuiteReport> reports, KnownHoles known) throws IOException {
        String before = Files.readString(page);
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(
                    page + " has no place for the table: expected a line '" + BEGIN + "' and one '" + END + "'.");
        }
        String table = table(reports, known);
        Files.writeString(
                page, before.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + before.substring(end));
    }

    static String table(List<SuiteReport> reports, KnownHoles known) {
        SecurityPage page = new SecurityPage(reports, known);
        page.summary();
        page.holes();
        page.groups();
        return page.text.toString();
    }

    private void summary() {
        text.append("| Java | attacks |");
        for (Column column : Column.values()) {
            text.append(' ').append(column.title()).append(" |");
        }
        text.append("\n|---|---|").append("---|".repeat(Column.values().length)).append('\n');
        for (SuiteReport report : reports) {
            text.append("| ")
                    .append(report.jdk().feature())
                    .append(" | ")
                    .append(report.attacks().size())
                    .append(" |");
            for (Column column : Column.values()) {
                text.append(' ').append(report.holes(column).size()).append(" got through |");
            }
            text.append('\n');
        }
        text.append('\n');
    }

    private void holes() {
        for (Column column : Column.values()) {
            if (column.isSandboxed()) {
                holes(column);
            }
        }
    }

    private void holes(Column column) {
        Set<String> open = reports.stream()
                .map(report -> report.holes(column))
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        text.append("**Open with ").append(column.title()).append(":** ");
        if (open.isEmpty()) {
            text.append("none.\n\n");
            return;
        }
        text.append(open.size()).append(".\n\n");
        Map<String, List<String>> byReason = new TreeMap<>();
        open.forEach(id -> byReason.computeIfAbsent(why(id, column), why -> new ArrayList<>())
                .add("`" + id + "`" + releases(id, column)));
        byReason.forEach((why, attacks) -> text.append("- ")
                .append(why)
                .append(": ")
                .append(String.join(", ", attacks))
                .append('\n'));
        text.append('\n');
    }

    private String why(String id, Column column) {
        return reports.stream()
                .map(report -> known.why(id, column, report.jdk().feature()))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("Not looked into yet");
    }

    /** The releases where it is open, unless it is on all that were tried and have it. */
    private String releases(String id, Column column) {
        List<SuiteReport> having = reports.stream()
                .filter(report -> report.outcome(id, column).isPresent())
                .toList();
        String open = having.stream()
                .filter(report -> report.holes(column).contains(id))
                .map(report -> String.valueOf(report.jdk().feature()))
                .collect(Collectors.joining(" and "));
        return having.stream().allMatch(report -> report.holes(column).contains(id))
                ? ""
                : " (Java " + open + " alone)";
    }

    private void groups() {
        Map<String, AttackFacts> all = new TreeMap<>();
        reports.forEach(report -> report.attacks().forEach(attack -> all.put(attack.id(), attack)));
        text.append("| attack | what it does | would take |");
        for (Column column : Column.values()) {
            text.append(' ').append(column.title()).append(" |");
        }
        text.append("\n|---|---|---|")
                .append("---|".repeat(Column.values().length))
                .append('\n');
        all.values().forEach(this::row);
    }

    private void row(AttackFacts attack) {
        text.append("| `")
                .append(attack.id())
                .append("` | ")
                .append(attack.says())
                .append(" | ");
        text.append(attack.target().equals("never") ? "nothing allows it" : "`" + attack.target() + "`")
                .append(" |");
        for (Column column : Column.values()) {
            text.append(' ').append(cell(attack, column)).append(" |");
        }
        text.append('\n');
    }

    /** What came of it, once where that is the same on all releases that have the attack. */
    private String cell(AttackFacts attack, Column column) {
        Map<Integer, String> cells = new TreeMap<>();
        reports.forEach(report -> cells.put(report.jdk().feature(), cell(report, attack, column)));
        cells.values().removeIf("–"::equals);
        if (Set.copyOf(cells.values()).size() < 2) {
            return cells.values().stream().findFirst().orElse("–");
        }
        return cells.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String cell(SuiteReport report, AttackFacts attack, Column column) {
        int feature = report.jdk().feature();
        if (report.outcome(attack.id(), column).isEmpty()) {
            return "–";
        }
        Outcome outcome = report.outcome(attack.id(), column).orElseThrow();
        if (!column.isSandboxed()) {
            return outcome.succeeded()
                    ? "works"
                    : attack.isClosedIn(feature) ? "closed by Java " + attack.closed() : "**fails**";
        }
        return switch (outcome.verdict()) {
            case SUCCEEDED -> "**open**";
            case REFUSED -> "refused";
            case NOTHING -> "no effect";
            case HUNG -> "hung";
            case KILLED -> "**ended the JVM**";
        };
    }
}
