package library.picocli;

import java.time.LocalDate;
import java.util.List;
import library.LibraryPlugin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads words of a command line into an object's fields. */
public final class Use extends LibraryPlugin {
    @Command(name = "visit", description = "Visits cities.")
    static final class Visit {
        @Option(
                names = {"-d", "--day"},
                description = "When.")
        private LocalDate day;

        @Parameters(paramLabel = "CITY")
        private List<String> cities;
    }

    @Override
    protected String use() {
        Visit visit = new Visit();
        CommandLine line = new CommandLine(visit);
        line.parseArgs("--day=2026-07-01", "Bern", "Basel");
        return visit.day + " " + visit.cities + " "
                + line.getUsageMessage(CommandLine.Help.Ansi.OFF)
                        .lines()
                        .findFirst()
                        .orElse("");
    }
}
