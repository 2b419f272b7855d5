package io.dataprism.app.input;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.kernel.manifest.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Failures of reading what the user gave. */
public final class BadInput {
    private BadInput() {}

    /** A file that is not there or cannot be read. */
    public static CommandFailure unreadable(Path file, Exception cause) {
        boolean missing = cause instanceof java.nio.file.NoSuchFileException;
        String found = missing ? "does not exist" : "cannot be read (" + cause + ")";
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "DP-0903",
                "File " + file.toAbsolutePath().normalize() + " " + found + ". Check the path.",
                cause);
    }

    /** A file that is wrong: the first problem's code, and every problem on a line of its own. */
    public static CommandFailure refused(List<Problem> problems) {
        String text = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return new CommandFailure(ExitCode.BAD_INPUT, problems.get(0).code(), text);
    }
}
