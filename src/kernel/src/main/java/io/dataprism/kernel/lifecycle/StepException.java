package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/** A step of a plugin's life failed or was late. */
public final class StepException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final boolean stuck;

    StepException(Step step, String code, String message, @Nullable Throwable cause) {
        this(step, code, message, cause, false);
    }

    StepException(Step step, String code, String message, @Nullable Throwable cause, boolean stuck) {
        super(code, message, cause);
        this.step = step.label();
        this.stuck = stuck;
    }

    /** The step, for example {@code initialize}. */
    public String step() {
        return step;
    }

    /** Whether the plugin's code would not give its thread back. */
    boolean stuck() {
        return stuck;
    }
}
