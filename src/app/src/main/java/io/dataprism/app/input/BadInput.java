package io.dataprism.app.input;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.kernel.manifest.Problem;
import java.nio.file.Path;
import java.util.List;

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
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append('\n').append(problem));
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return new CommandFailure(ExitCode.BAD_INPUT, problems.get(0).code(), count + text);
    }
}
