package io.dataprism.app.demo;

import io.dataprism.api.PluginException;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Progress;
import io.dataprism.app.conf.Distribution;
import io.dataprism.app.node.LocalNode;
import io.dataprism.app.pipeline.Pipeline;
import io.dataprism.app.pipeline.PipelineReader;
import io.dataprism.app.pipeline.Step;
import io.dataprism.app.report.Chapter;
import io.dataprism.app.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Runs the pipelines that come with DataPrism, on the data that comes with it. */
public final class ShippedDemo {
    private static final List<String> PIPELINES = List.of("penguins.yaml", "weather.yaml", "earthquakes.yaml");
    private static final String FOOTER =
            "Data: penguins by Kristen Gorman and the Palmer Station LTER (CC0), weather by NOAA and earthquakes by the USGS (public"
                    + " domain); see <code>demo/data/LICENSES.md</code>. Made by the plugins files, tables and charts on DataPrism"
                    + " Kernel. Your own file: <code>./dataprism demo --data my.csv</code>";

    private ShippedDemo() {}

    /** Run them all, and write charts and page into {@code out}. */
    public static DemoResult run(LocalNode node, Path out, Progress progress) throws InterruptedException {
        List<Pipeline> pipelines = read(node);
        progress.total(pipelines.stream()
                .mapToLong(pipeline -> pipeline.steps().size())
                .sum());
        node.load(pipelines.stream()
                .flatMap(pipeline -> pipeline.steps().stream())
                .map(Step::plugin)
                .collect(Collectors.toSet()));
        DemoRun run = new DemoRun(node, out, progress);
        List<Chapter> chapters = runAll(run, pipelines);
        Report report = new Report(
                "DataPrism: three data sets, nine charts",
                "Each was read, checked, reshaped and profiled, and drawn as SVG, PNG and PDF, by three plugins that a microkernel"
                        + " admitted, resolved, loaded, started and connected.",
                chapters,
                FOOTER);
        return new DemoResult(chapters, report.write(out), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Two at a time: what one waits for, the other computes. */
    private static List<Chapter> runAll(DemoRun run, List<Pipeline> pipelines) throws InterruptedException {
        ExecutorService runners = Executors.newFixedThreadPool(2);
        try {
            List<Chapter> chapters = new ArrayList<>();
            for (Future<Chapter> chapter : runners.invokeAll(pipelines.stream()
                    .map(pipeline -> (Callable<Chapter>) () -> run.run(pipeline, List.of()))
                    .toList())) {
                chapters.add(chapter.get());
            }
            return chapters;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            runners.shutdownNow();
        }
    }

    private static List<Pipeline> read(LocalNode node) {
        Path folder = Distribution.folder()
                .orElseThrow(
                        () -> new CommandFailure(
                                ExitCode.FAILED,
                                "DP-0904",
                                "The demo's pipelines come with the distribution, and this runs from classes. Start it with ./dataprism demo."));
        PipelineReader reader = new PipelineReader(node.catalogue(), Map.of());
        return PIPELINES.stream()
                .map(name -> reader.read(folder.resolve("demo").resolve(name)).orThrow())
                .toList();
    }
}
