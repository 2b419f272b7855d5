package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Progress;
import io.dataprism.app.Screen;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.node.LocalNode;
import io.dataprism.app.pipeline.Pipeline;
import io.dataprism.app.pipeline.PipelineReader;
import io.dataprism.app.pipeline.PipelineRun;
import io.dataprism.app.pipeline.Step;
import io.dataprism.app.pipeline.StepResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism pipeline run}. */
@Command(
        name = "run",
        description =
                "Check a pipeline, run it on a kernel in this process, and show each step's plugin, time and rows.",
        footer = {
            "",
            "Files that steps save go to the output folder; what was saved before a failing step stays.",
            "Ends with 3 where the pipeline is wrong, with 1 where a step fails."
        })
final class PipelineRunCommand extends ScreenCommand {
    @Parameters(paramLabel = "FILE", description = "The pipeline.")
    private Path file;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Give a setting; may come several times.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--out", paramLabel = "FOLDER", description = "The output folder; ./out when left out.")
    private Path out = Path.of("out");

    @Option(
            names = "--conf",
            paramLabel = "FOLDER",
            description = "Run with this configuration's plugins instead of those that ship.")
    private @Nullable Path conf;

    @Mixin
    private final JsonOption json = new JsonOption();

    PipelineRunCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LocalNode node =
                conf == null ? LocalNode.ofShipped(Shipped.current()) : LocalNode.of(Catalogues.conf(conf))) {
            Pipeline pipeline =
                    new PipelineReader(node.catalogue(), settings).read(file).orThrow();
            node.load(pipeline.steps().stream().map(Step::plugin).collect(Collectors.toSet()));
            show(run(node, pipeline));
        }
        return ExitCode.OK;
    }

    private List<StepResult> run(LocalNode node, Pipeline pipeline) throws InterruptedException {
        try (Progress progress =
                Progress.of(screen, pipeline.name(), pipeline.steps().size())) {
            return new PipelineRun(pipeline, node.calls(), out, new StepProgress(progress)).run();
        }
    }

    private void show(List<StepResult> results) {
        if (json.wanted()) {
            JsonArray steps = new JsonArray();
            results.forEach(result -> steps.add(toJson(result)));
            screen.out().println(new JsonObject().put("steps", steps).encodePrettily());
        } else {
            StepTable.print(screen, results);
        }
    }

    private static JsonObject toJson(StepResult result) {
        JsonObject json = new JsonObject()
                .put("step", result.step().name())
                .put("plugin", result.step().plugin())
                .put("call", result.step().call())
                .put("millis", result.took().toMillis());
        result.rows().ifPresent(rows -> json.put("rows", rows));
        result.saved().ifPresent(saved -> json.put("file", saved.toString()));
        return json;
    }
}
