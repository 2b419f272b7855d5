package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Progress;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.demo.DemoResult;
import io.dataprism.app.demo.OwnDataDemo;
import io.dataprism.app.demo.ShippedDemo;
import io.dataprism.app.input.Scalars;
import io.dataprism.app.node.LocalNode;
import io.dataprism.app.report.Chapter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dataprism demo}. */
@Command(
        name = "demo",
        description = "Make charts: of real data that comes with DataPrism, or of a file of yours.",
        footer = {
            "",
            "Writes index.html and the charts as SVG, PNG and PDF into the output folder;",
            "for a file of yours also pipeline.yaml, which you can edit and run again. For example:",
            "  ./dataprism demo --data my.csv"
        })
final class DemoCommand extends ScreenCommand {
    @Option(names = "--data", paramLabel = "FILE", description = "A file of yours: CSV, JSON, NDJSON or Parquet.")
    private @Nullable Path data;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "How your file is written, where that is not found out rightly, such as delimiter=; or header=false.")
    private Map<String, String> options = Map.of();

    @Option(names = "--out", paramLabel = "FOLDER", description = "The output folder; ./out when left out.")
    private Path out = Path.of("out");

    @Mixin
    private final JsonOption json = new JsonOption();

    DemoCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        try (Progress progress = Progress.of(screen, "demo", 0);
                LocalNode node = LocalNode.ofShipped(Shipped.current())) {
            DemoResult result = data == null
                    ? ShippedDemo.run(node, out, progress)
                    : OwnDataDemo.run(node, data, reading(), out, progress);
            progress.close();
            if (data != null) {
                Path file = data;
                result.reading().ifPresent(read -> ReadingNotice.print(screen, file, read));
                result.kept()
                        .ifPresent(kept -> screen.err()
                                .println("The pipeline that lay there before was another one, and is " + kept
                                        + " now."));
            }
            show(result, (System.nanoTime() - begun) / 1_000_000);
        }
        return ExitCode.OK;
    }

    private JsonObject reading() {
        JsonObject reading = new JsonObject();
        options.forEach((name, value) -> reading.put(name, Scalars.of(value)));
        return reading;
    }

    private void show(DemoResult result, long millis) {
        if (json.wanted()) {
            JsonArray files = new JsonArray();
            result.chapters().stream()
                    .flatMap(chapter -> chapter.results().stream())
                    .flatMap(step -> step.saved().stream())
                    .forEach(file -> files.add(file.toString()));
            JsonObject made = new JsonObject()
                    .put("page", result.page().toAbsolutePath().toString())
                    .put("files", files)
                    .put("millis", millis);
            result.reading().ifPresent(read -> made.put("detected", read.detected()));
            screen.out().println(made.encodePrettily());
            return;
        }
        TextTable table = new TextTable("PIPELINE", "STEPS", "TIME", "FILES", "ABOUT");
        result.chapters().forEach(chapter -> table.add(row(chapter)));
        table.print(screen);
        screen.out().println();
        screen.out()
                .println("Made " + result.files() + " files in " + String.format(Locale.ROOT, "%.1f", millis / 1000.0)
                        + " s. Look at them: "
                        + screen.styled(Style.BOLD, result.page().toString()));
        next(result).forEach(line -> screen.out().println(line));
    }

    private static List<String> row(Chapter chapter) {
        return List.of(
                chapter.title(),
                String.valueOf(chapter.results().size()),
                chapter.took().toMillis() + " ms",
                String.valueOf(chapter.files()),
                chapter.description());
    }

    private static List<String> next(DemoResult result) {
        return result.pipeline()
                .map(pipeline -> List.of("Next: edit " + pipeline + ", then  ./dataprism pipeline run " + pipeline))
                .orElse(List.of(
                        "Next: charts of a file of yours   ./dataprism demo --data my.csv",
                        "      a question in SQL           ./dataprism query 'SELECT * FROM data LIMIT 5' my.csv",
                        "      a plugin of your own        ./dataprism plugins new my-plugin"));
    }
}
