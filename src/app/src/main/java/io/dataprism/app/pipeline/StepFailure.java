package io.dataprism.app.pipeline;

import io.dataprism.api.PluginException;
import java.util.List;

/** A step that failed: which one, why, and what was kept of those before it. */
public final class StepFailure extends PluginException {
    private static final long serialVersionUID = 1L;
    private static final String CODE = "DP-1420";

    private final transient Step step;
    private final PluginException known;

    StepFailure(String pipeline, Step step, List<StepResult> before, PluginException cause) {
        super(
                CODE,
                "Pipeline '" + pipeline + "' failed at step '" + step.name() + "' (" + step.plugin() + "." + step.call()
                        + "): " + cause.code() + " " + cause.getMessage() + "\n" + kept(before),
                cause);
        this.step = step;
        this.known = cause;
    }

    public Step step() {
        return step;
    }

    /** What the step failed with. */
    public PluginException known() {
        return known;
    }

    private static String kept(List<StepResult> before) {
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
