package io.dataprism.app;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.IoCause;
import java.io.IOException;
import java.nio.file.Path;
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

    /** A file of the output folder could not be written. */
    public static CommandFailure unwritable(Path file, IOException cause) {
        return new CommandFailure(
                ExitCode.FAILED,
                "DP-1423",
                "File " + file + " cannot be written: " + IoCause.of(cause)
                        + ". Free the path, or choose another folder with --out.",
                cause);
    }
}
