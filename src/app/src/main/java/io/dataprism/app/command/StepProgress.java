package io.dataprism.app.command;

import io.dataprism.app.Progress;
import io.dataprism.app.pipeline.PipelineListener;
import io.dataprism.app.pipeline.Step;

/** Shows a run's steps in a progress bar, counted on from those of runs before it. */
final class StepProgress implements PipelineListener {
    private final Progress progress;
    private final int before;

    StepProgress(Progress progress) {
        this(progress, 0);
    }

    StepProgress(Progress progress, int before) {
        this.progress = progress;
        this.before = before;
    }

    @Override
    public void started(Step step, int number, int of) {
        progress.at(before + number - 1, step.plugin() + " " + step.call() + " " + step.name());
    }
}
