package io.dataprism.app.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a step came to.
 *
 * @param step the step
 * @param took from the call to the reply
 * @param rows of the table that it returned, where it returned one
 * @param value the reply
 * @param saved the file that was written
 */
public record StepResult(
        Step step,
        Duration took,
        OptionalLong rows,
        @Nullable Object value,
        Optional<Path> saved) {}
