package io.dataprism.app.command;

import io.dataprism.api.TableBatch;
import io.dataprism.api.TableBatch.ColumnVector;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.api.TableSource;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Progress;
import io.dataprism.app.Screen;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.data.Cells;
import io.dataprism.app.data.DataFiles;
import io.dataprism.app.data.FileReading;
import io.dataprism.app.data.RowWriter;
import io.dataprism.app.input.Scalars;
import io.dataprism.app.node.KernelCalls;
import io.dataprism.app.node.LocalNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism query}. */
@Command(
        name = "query",
        description = "Ask files a question in SQL. A file is the table of its name; the first one is also 'data'.",
        footer = {
            "",
            "Reads CSV, JSON, NDJSON and Parquet, found out by itself. For example:",
            "  ./dataprism query 'SELECT species, avg(mass) FROM data GROUP BY 1' penguins.csv"
        })
final class QueryCommand extends ScreenCommand {
    @Parameters(index = "0", paramLabel = "SQL", description = "The question: one SELECT.")
    private String sql;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The files that it is asked of.")
    private List<Path> files;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "How a file is written, where that is not found out rightly, such as delimiter=; or header=false.")
    private Map<String, String> options = Map.of();

    @Option(names = "--rows", paramLabel = "N", description = "Rows of the printed table at most; 40 when left out.")
    private int most = 40;

    @ArgGroup
    private final Form form = new Form();

    /** How the answer is printed. */
    static final class Form {
        @Option(names = "--json", description = "Print all rows as JSON.")
        private boolean json;

        @Option(names = "--csv", description = "Print all rows as CSV.")
        private boolean csv;
    }

    QueryCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonObject reading = new JsonObject();
        options.forEach((name, value) -> reading.put(name, Scalars.of(value)));
        Map<Path, FileReading> readings = new LinkedHashMap<>();
        try (Progress progress = Progress.of(screen, "query", 3);
                LocalNode node = LocalNode.ofShipped(Shipped.current())) {
            node.load(Set.of(DataFiles.PLUGIN));
            progress.at(1, "reading");
            Map<String, TableHandle> tables = DataFiles.load(node.calls(), files, reading, readings::put);
            progress.at(2, "asking");
            TableHandle answer = node.calls().query(new TableSource.Query(sql, tables));
            progress.close();
            readings.forEach((file, read) -> ReadingNotice.print(screen, file, read));
            print(node.calls(), answer);
        }
        return ExitCode.OK;
    }

    private void print(KernelCalls calls, TableHandle answer) throws InterruptedException {
        TableSchema schema = calls.describe(answer);
        List<String> names =
                schema.columns().stream().map(TableSchema.Column::name).toList();
        if (form.json || form.csv) {
            RowWriter writer = form.json ? RowWriter.json(screen.out()) : RowWriter.csv(screen.out(), names);
            calls.read(answer, writer);
            writer.end();
            return;
        }
        TextTable table = new TextTable(names);
        calls.read(answer, batch -> add(table, batch));
        table.print(screen);
        if (schema.rows() > most) {
            screen.err()
                    .println("… " + most + " of " + schema.rows() + " rows; --rows N shows more, --json and --csv all");
        }
    }

    private void add(TextTable table, TableBatch batch) {
        for (int row = 0; row < batch.rows() && table.size() < most; row++) {
            int at = row;
            table.add(batch.columns().stream().map(column -> shown(column, at)).toList());
        }
    }

    private static String shown(ColumnVector column, int row) {
        return Cells.text(column, row).replaceAll("[\\p{Cntrl}]", "\uFFFD");
    }
}
