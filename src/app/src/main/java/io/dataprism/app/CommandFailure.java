package io.dataprism.app;

import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/** A command that cannot do what was asked for, with the exit code that says of what kind that is. */
public final class CommandFailure extends PluginException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(int exitCode, String code, String message) {
        this(exitCode, code, message, null);
    }

    public CommandFailure(int exitCode, String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
