package io.dataprism.app.pipeline;

/** Told how a run goes, on the thread that carries it out. */
public interface PipelineListener {

    /** A step begins; {@code number} counts from 1 to {@code of}. */
    default void started(Step step, int number, int of) {}

    /** A step has succeeded. */
    default void finished(StepResult result) {}

    /** A listener that does nothing. */
    PipelineListener SILENT = new PipelineListener() {};
}
