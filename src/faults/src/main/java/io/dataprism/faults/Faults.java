package io.dataprism.faults;

import io.dataprism.faults.node.Distribution;
import io.dataprism.faults.report.FaultPage;
import io.dataprism.faults.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./dataprism test --faults}: every fault of the table on real nodes, one after the other. Ends with 1 where a promise is broken, with 2 where it was
 * asked wrongly. All of them together are written down in {@code docs/faults.md}.
 */
public final class Faults {
    private static final int BROKEN = 1;
    private static final int WRONG = 2;

    private final PrintStream out;
    private final Wanted wanted;

    private Faults(PrintStream out, Wanted wanted) {
        this.out = out;
        this.wanted = wanted;
    }

    public static void main(String[] words) throws IOException {
        Wanted wanted;
        try {
            wanted = Wanted.of(List.of(words));
        } catch (IllegalArgumentException wrong) {
            System.err.println("dataprism: " + wrong.getMessage());
            System.exit(WRONG);
            return;
        }
        System.exit(new Faults(System.out, wanted).run() ? 0 : BROKEN);
    }

    private boolean run() throws IOException {
        Report report = new Report(Distribution.given(), wanted.isJson() ? ignored -> {} : out::println);
        wanted.faults().forEach(report::tryOut);
        if (wanted.isJson()) {
            out.println(report.toJson().encodePrettily());
        } else {
            out.println(report.summary());
        }
        if (wanted.isAll()) {
            Path page = Path.of(System.getProperty("dataprism.home", ""), "docs/faults.md");
            FaultPage.write(page, report);
            if (!wanted.isJson()) {
                out.println("The table was written to " + page);
            }
        }
        return report.isKept();
    }
}
