package io.dataprism.attacks;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.Column;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code ./dataprism test --attacks}: every attack in every column, on Java 17 and 25 as far as they are installed, and the table in {@code
 * docs/security.md}. Ends with 1 where an attack does not work without a sandbox, or where the holes are not those that are known.
 *
 * <p>With words after it only the attacks whose id holds one of them are tried, and where a word is a column's name only in that column; each outcome is
 * told, and no table is written.
 */
public final class Attacks {
    private static final List<Integer> RELEASES = List.of(17, 25);

    private final PrintStream out;

    private Attacks(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] words) throws IOException, InterruptedException {
        System.exit(new Attacks(System.out).run(List.of(words)) ? 0 : 1);
    }

    private boolean run(List<String> words) throws IOException, InterruptedException {
        TreeMap<Integer, Jdk> installed = Jdk.installed();
        List<SuiteReport> reports = new ArrayList<>();
        for (int release : RELEASES) {
            Jdk jdk = installed.get(release);
            if (jdk == null) {
                out.println("Java " + release
                        + " is not installed here: nothing is known of it. Name the folder of JDKs in DATAPRISM_JDKS.");
            } else {
                reports.add(report(jdk, words));
            }
        }
        if (reports.isEmpty()) {
            reports.add(report(Jdk.running(), words));
        }
        if (words.isEmpty()) {
            Path page = Path.of(System.getProperty("dataprism.home", ""), "docs/security.md");
            SecurityPage.write(page, reports, KnownHoles.read());
            out.println("The table was written to " + page);
        } else {
            reports.forEach(this::tellAll);
        }
        return judge(reports);
    }

    private SuiteReport report(Jdk jdk, List<String> words) throws IOException, InterruptedException {
        try (AttackSuite suite = new AttackSuite(jdk, out::println)) {
            return suite.run((attack, column) -> isWanted(attack, column, words));
        }
    }

    /** Words in capitals name columns, the others parts of an attack's id. */
    private static boolean isWanted(AttackFacts attack, Column column, List<String> words) {
        List<String> columns =
                words.stream().filter(word -> word.matches("[A-Z_]+")).toList();
        List<String> parts =
                words.stream().filter(word -> !columns.contains(word)).toList();
        return (columns.isEmpty() || columns.contains(column.name()))
                && (parts.isEmpty() || parts.stream().anyMatch(attack.id()::contains));
    }

    private void tellAll(SuiteReport report) {
        report.attacks().forEach(attack -> {
            for (Column column : Column.values()) {
                report.outcome(attack.id(), column)
                        .ifPresent(outcome -> out.println("Java " + report.jdk().feature() + "  " + column.title()
                                + "  " + attack.id() + "  " + outcome.verdict() + "  " + outcome.detail()));
            }
        });
    }

    private boolean judge(List<SuiteReport> reports) throws IOException {
        KnownHoles known = KnownHoles.read();
        List<String> wrong = new ArrayList<>();
        for (SuiteReport report : reports) {
            report.brokenControls()
                    .forEach(control ->
                            wrong.add("Shows nothing, since it does not work without a sandbox: " + control));
            for (Column column : Column.values()) {
                if (column.isSandboxed()) {
                    wrong.addAll(known.differences(report, column));
                }
            }
        }
        wrong.forEach(out::println);
        return wrong.isEmpty();
    }
}
