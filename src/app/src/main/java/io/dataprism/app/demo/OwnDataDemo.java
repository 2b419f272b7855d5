package io.dataprism.app.demo;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Progress;
import io.dataprism.app.data.DataFiles;
import io.dataprism.app.data.FileReading;
import io.dataprism.app.input.BadInput;
import io.dataprism.app.node.LocalNode;
import io.dataprism.app.pipeline.Pipeline;
import io.dataprism.app.pipeline.PipelineReader;
import io.dataprism.app.pipeline.StepResult;
import io.dataprism.app.report.Chapter;
import io.dataprism.app.report.Html;
import io.dataprism.app.report.Report;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Loads and profiles any file, lets {@code charts} suggest what fits, writes that down as a pipeline for editing, and runs the rest
 * of it.
 */
public final class OwnDataDemo {
    private static final int CHARTS = 6;
    private static final int OTHER_STEPS = 3;
    private static final int STEPS_A_CHART = 4;

    private OwnDataDemo() {}

    /**
     * Do it for {@code data}.
     *
     * @param options how the file is written, where that is not found out rightly
     * @param out where charts, page and pipeline go
     */
    public static DemoResult run(LocalNode node, Path data, JsonObject options, Path out, Progress progress)
            throws InterruptedException {
        if (!Files.isRegularFile(data)) {
            throw BadInput.unreadable(data, new NoSuchFileException(data.toString()));
        }
        node.load(Set.of(DataFiles.PLUGIN, "tables", "charts"));
        progress.total(OTHER_STEPS + CHARTS * STEPS_A_CHART);
        PipelineDraft draft = new PipelineDraft(data, options, out);
        DemoRun run = new DemoRun(node, out, progress);
        DraftFile file = new DraftFile(out);
        List<StepResult> known = explore(node, draft, file, run);
        JsonArray suggestions = suggestions(node, known);
        Optional<FileReading> reading = FileReading.of(fetched(known));
        Optional<Path> kept = file.write(draft.readAs(reading).withCharts(suggestions));
        Path written = file.place();
        Pipeline pipeline =
                new PipelineReader(node.catalogue(), Map.of()).read(written).orThrow();
        progress.total(pipeline.steps().size());
        Chapter chapter = run.run(pipeline, known);
        Report report = new Report(
                data.getFileName().toString(),
                "Read, profiled and drawn by itself. What was done is in pipeline.yaml beside this page, for you to edit and run again.",
                List.of(chapter),
                "Again, with your changes: <code>./dataprism pipeline run " + Html.text(quoted(written)) + "</code>");
        Path page = report.write(out);
        if (suggestions.isEmpty()) {
            throw nothingDrawn(data, known, page, written);
        }
        return new DemoResult(List.of(chapter), page, Optional.of(written), kept, reading);
    }

    /** As a shell takes it for one word. */
    private static String quoted(Path file) {
        String path = file.toString();
        return path.matches("[\\w./\\\\:~-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static CommandFailure nothingDrawn(Path file, List<StepResult> known, Path page, Path pipeline) {
        if (known.get(1).rows().orElse(0) == 0) {
            return new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "DP-1424",
                    "No chart was drawn: " + file
                            + " has columns but no rows. Check whether it was written to the end.");
        }
        return new CommandFailure(
                ExitCode.FAILED,
                "DP-1424",
                "No chart was drawn: no column of " + file
                        + " is a number, a time, or a text whose values come back. Its profile is in " + page
                        + ". Add a chart of your own to " + pipeline + ", then  ./dataprism pipeline run " + pipeline);
    }

    /** The draft's first steps, whose results the suggestions are made from. */
    private static List<StepResult> explore(LocalNode node, PipelineDraft draft, DraftFile file, DemoRun run)
            throws InterruptedException {
        try {
            Path part = file.writePart(draft.toYaml());
            return run.explore(
                    new PipelineReader(node.catalogue(), Map.of()).read(part).orThrow());
        } finally {
            file.discard();
        }
    }

    private static JsonObject fetched(List<StepResult> known) {
        return (JsonObject) Objects.requireNonNull(known.get(1).value());
    }

    private static JsonArray suggestions(LocalNode node, List<StepResult> known) throws InterruptedException {
        JsonObject profile = (JsonObject) Objects.requireNonNull(known.get(2).value());
        return node.calls()
                .object(
                        "charts",
                        "suggest",
                        new JsonObject()
                                .put("data", fetched(known).getJsonObject("data"))
                                .put(
                                        "config",
                                        new JsonObject().put("profile", profile).put("limit", CHARTS)))
                .getJsonArray("charts");
    }
}
