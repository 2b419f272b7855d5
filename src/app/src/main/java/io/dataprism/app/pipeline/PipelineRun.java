package io.dataprism.app.pipeline;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.TableHandle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Carries out one pipeline, step by step, on the caller's thread, which may block. */
public final class PipelineRun {
    private final Pipeline pipeline;
    private final PluginCalls calls;
    private final OutputFolder output;
    private final PipelineListener listener;
    private final Map<String, @Nullable Object> results = new LinkedHashMap<>();
    private final List<StepResult> done = new ArrayList<>();

    public PipelineRun(Pipeline pipeline, PluginCalls calls, Path output, PipelineListener listener) {
        this.pipeline = pipeline;
        this.calls = calls;
        this.output = new OutputFolder(output);
        this.listener = listener;
    }

    /**
     * Run to the end.
     *
     * @throws StepFailure at the first step that fails; what was saved before stays
     */
    public List<StepResult> run() throws InterruptedException {
        return run(List.of());
    }

    /** The same, but steps whose results are {@code known} are not run again. */
    public List<StepResult> run(List<StepResult> known) throws InterruptedException {
        for (StepResult result : known) {
            done.add(result);
            results.put(result.step().name(), result.value());
        }
        for (Step step : pipeline.steps()) {
            if (results.containsKey(step.name())) {
                continue;
            }
            listener.started(step, done.size() + 1, pipeline.steps().size());
            StepResult result = carryOut(step);
            done.add(result);
            results.put(step.name(), result.value());
            listener.finished(result);
        }
        return List.copyOf(done);
    }

    private StepResult carryOut(Step step) throws InterruptedException {
        try {
            Substitution substitution = new Substitution(reference -> resolve(step, reference));
            JsonObject request = substitution.in(step.with());
            long begun = System.nanoTime();
            Object value = calls.call(step.plugin(), step.call(), request, CallOptions.within(step.timeout()));
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Optional<Path> saved = step.save().map(substitution::in).map(file -> output.save(file, value));
            return new StepResult(step, begun, took, rows(value), value, saved);
        } catch (PluginException e) {
            throw new StepFailure(pipeline.name(), step, done, e);
        }
    }

    private OptionalLong rows(@Nullable Object value) throws InterruptedException {
        if (value instanceof JsonArray rows) {
            return OptionalLong.of(rows.size());
        }
        if (!(value instanceof JsonObject object)) {
            return OptionalLong.empty();
        }
        if (object.containsKey(TableHandle.KEY)) {
            return OptionalLong.of(calls.describe(TableHandle.fromJson(object)).rows());
        }
        if (object.getValue("data") instanceof JsonObject data && data.containsKey(TableHandle.KEY)) {
            return rows(data);
        }
        // A report, of an analysis, a validation or a file that was written, says how many it is about
        return object.getValue("rows") instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    private @Nullable Object resolve(Step step, Reference reference) {
        List<String> path = reference.path();
        if (reference.root().equals("each")) {
            return step.each().get(path.get(1));
        }
        if (reference.root().equals("settings")) {
            return walk(reference, pipeline.settings(), path.subList(1, path.size()));
        }
        if (reference.root().equals("pipeline")) {
            return Pipeline.of(reference, pipeline.name(), pipeline.folder());
        }
        return walk(reference, results.get(path.get(1)), path.subList(2, path.size()));
    }

    private static @Nullable Object walk(Reference reference, @Nullable Object from, List<String> path) {
        Object value = from;
        for (String part : path) {
            if (value instanceof JsonObject object && object.containsKey(part)) {
                value = object.getValue(part);
            } else if (value instanceof JsonArray array
                    && part.matches("\\d{1,9}")
                    && Integer.parseInt(part) < array.size()) {
                value = array.getValue(Integer.parseInt(part));
            } else {
                throw new CallException(
                        FailureKind.INVALID,
                        "DP-1421",
                        "Reference " + reference.text() + " leads to nothing: there is no '" + part + "' in "
                                + shape(value) + ". Correct the reference.",
                        null);
            }
        }
        return value;
    }

    private static String shape(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return "an object of " + String.join(", ", object.fieldNames());
        }
        if (value instanceof JsonArray array) {
            return "a list of " + array.size();
        }
        return value == null ? "nothing" : "a single value";
    }
}
