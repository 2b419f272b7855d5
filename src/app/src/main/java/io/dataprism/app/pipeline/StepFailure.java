package io.dataprism.app.pipeline;

import io.dataprism.api.PluginException;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import java.util.List;
import java.util.Objects;

/** A step that failed, and the steps before it that did not. */
public final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String CODE = "DP-1420";

    private final transient Step step;
    private final transient List<StepResult> before;

    StepFailure(Step step, List<StepResult> before, PluginException cause) {
        super(cause);
        this.step = step;
        this.before = List.copyOf(before);
    }

    public Step step() {
        return step;
    }

    /** What the step failed with. */
    public PluginException known() {
        return (PluginException) Objects.requireNonNull(getCause());
    }

    /** As the command line reports it: the step, the cause, and what was kept. */
    public CommandFailure toCommandFailure(String pipeline) {
        return new CommandFailure(
                ExitCode.FAILED,
                CODE,
                "Pipeline '" + pipeline + "' failed at step '" + step.name() + "' (" + step.plugin() + "." + step.call()
                        + "): " + known().code() + " " + known().getMessage() + "\n" + kept(),
                getCause());
    }

    private String kept() {
        List<String> files = before.stream()
                .flatMap(result -> result.saved().stream())
                .map(Object::toString)
                .toList();
        String steps = switch (before.size()) {
            case 0 -> "No step was done before it.";
            case 1 -> "1 step before it was done.";
            default -> before.size() + " steps before it were done.";
        };
        return steps + (files.isEmpty() ? " No file was written." : " Kept: " + String.join(", ", files) + ".");
    }
}
