package io.dataprism.app.demo;

import io.dataprism.app.Progress;
import io.dataprism.app.node.LocalNode;
import io.dataprism.app.pipeline.Pipeline;
import io.dataprism.app.pipeline.PipelineListener;
import io.dataprism.app.pipeline.PipelineRun;
import io.dataprism.app.pipeline.Step;
import io.dataprism.app.pipeline.StepFailure;
import io.dataprism.app.pipeline.StepResult;
import io.dataprism.app.report.Chapter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs pipelines, with one progress bar for all. Several threads may use it. */
final class DemoRun {
    private final LocalNode node;
    private final Path out;
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();

    DemoRun(LocalNode node, Path out, Progress progress) {
        this.node = node;
        this.out = out;
        this.progress = progress;
    }

    /** Run one; steps whose results are {@code known} already are not run again. */
    Chapter run(Pipeline pipeline, List<StepResult> known) throws InterruptedException {
        return new Chapter(pipeline.name(), pipeline.description(), steps(pipeline, known));
    }

    /** Run a pipeline that nobody wrote: what a step fails with is told as it is. */
    List<StepResult> explore(Pipeline pipeline) throws InterruptedException {
        try {
            return steps(pipeline, List.of());
        } catch (StepFailure e) {
            throw e.known();
        }
    }

    private List<StepResult> steps(Pipeline pipeline, List<StepResult> known) throws InterruptedException {
        return new PipelineRun(pipeline, node.calls(), out, new Listener()).run(known);
    }

    private final class Listener implements PipelineListener {
        @Override
        public void started(Step step, int number, int of) {
            progress.at(done.get(), step.plugin() + " " + step.call() + " " + step.name());
        }

        @Override
        public void finished(StepResult result) {
            done.incrementAndGet();
        }
    }
}
