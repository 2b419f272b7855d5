package io.dataprism.app.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a step came to.
 *
 * @param step the step
 * @param begun when it was called, by {@link System#nanoTime}
 * @param took from the call to the reply
 * @param rows of the table that it returned, where it returned one
 * @param value the reply
 * @param saved the file that was written
 */
public record StepResult(
        Step step,
        long begun,
        Duration took,
        OptionalLong rows,
        @Nullable Object value,
        Optional<Path> saved) {

    /** From the first call to the last reply: steps that do not need each other run side by side. */
    public static Duration span(List<StepResult> results) {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (StepResult result : results) {
            long sinceFirst = result.begun - results.get(0).begun;
            first = Math.min(first, sinceFirst);
            last = Math.max(last, sinceFirst + result.took.toNanos());
        }
        return results.isEmpty() ? Duration.ZERO : Duration.ofNanos(last - first);
    }
}
