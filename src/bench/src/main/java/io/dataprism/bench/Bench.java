package io.dataprism.bench;

import io.dataprism.bench.report.Causes;
import io.dataprism.bench.report.Document;
import io.dataprism.bench.report.JsonReport;
import io.dataprism.bench.report.Machine;
import io.dataprism.bench.report.Plots;
import io.dataprism.bench.report.Terminal;
import io.dataprism.bench.row.Effort;
import io.dataprism.bench.row.Measured;
import io.dataprism.bench.row.Rounds;
import io.dataprism.bench.row.Row;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./dataprism bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measure the kernel beside its peers, in turns. A whole run takes hours; name rows, or say --quick.")
public final class Bench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String PLOTS = "performance";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "name", description = "Rows, by name or by a word that their names hold; all without any")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Few and short rounds: shows that it runs, and orders of magnitude; not written down")
    private boolean quick;

    @Option(names = "--rounds", description = "How often each peer is measured, instead of 10 times, or 3 with --quick")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON; tables and progress go to the error stream")
    private boolean json;

    @Option(
            names = "--document",
            description = "The document to write figures into, also with --quick; docs/performance.md")
    private Optional<Path> document = Optional.empty();

    @Option(names = "--list", description = "Name the rows and measure nothing")
    private boolean list;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Row> rows = Rows.named(names);
        if (rows.isEmpty()) {
            err.println("No row is named " + String.join(" or ", names) + ". See ./dataprism bench --list");
            return USAGE;
        }
        if (list) {
            rows.forEach(row -> out.printf("%-28s %s%n", row.name(), row.title()));
            out.flush();
            return 0;
        }
        Machine machine = Machine.here();
        if (machine.isBusy()) {
            err.printf("Others use this machine (load %.1f): figures are orders of magnitude.%n", machine.load());
        }
        List<Measured> measured = measure(machine, rows);
        if (json) {
            out.println(JsonReport.of(machine, measured).encodePrettily());
            out.flush();
        }
        return measured.size() == rows.size() ? 0 : FAILED;
    }

    /** Measure all. A row is shown and written down when it is done; one that fails is told, and the others are measured all the same. */
    private List<Measured> measure(Machine machine, List<Row> rows) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        Rounds turns = new Rounds(effort.withRounds(rounds.orElse(effort.rounds())), err::println);
        Terminal terminal = new Terminal(json ? err : spec.commandLine().getOut());
        List<Measured> measured = new ArrayList<>();
        for (Row row : rows) {
            try {
                measured.add(turns.measure(row));
            } catch (RunnerException | RuntimeException failure) {
                err.println(row.name() + " failed: " + Causes.of(failure));
                continue;
            }
            Measured done = measured.get(measured.size() - 1);
            terminal.print(done);
            if (!quick || document.isPresent()) {
                write(machine, List.of(done), err);
            }
        }
        return measured;
    }

    private void write(Machine machine, List<Measured> measured, PrintWriter err) throws Exception {
        Path home = Path.of(System.getProperty("dataprism.home", "."));
        Path file = document.orElse(home.resolve("docs/performance.md")).toAbsolutePath();
        Map<String, String> plots = new HashMap<>();
        Path charts = Path.of(System.getProperty("dataprism.charts", "charts.jar"));
        if (Files.isReadable(charts)) {
            Path folder = file.resolveSibling(PLOTS);
            new Plots(charts, folder).draw(measured).forEach((row, picture) -> plots.put(row, PLOTS + "/" + picture));
        } else {
            err.println("No plots: the charts plugin is not at " + charts + ". ./dataprism bench says where it is.");
        }
        new Document(file, Rows.all().stream().map(Row::name).toList()).write(machine, measured, plots);
        err.println("Written to " + file);
    }
}
