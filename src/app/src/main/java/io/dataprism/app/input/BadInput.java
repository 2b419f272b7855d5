package io.dataprism.app.input;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.text.IoCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Failures of reading what the user gave. */
public final class BadInput {
    private BadInput() {}

    /** A file that is not there or cannot be read. */
    public static CommandFailure unreadable(Path file, Exception cause) {
        Path path = file.toAbsolutePath().normalize();
        boolean missing = cause instanceof NoSuchFileException;
        String found = missing && Files.isDirectory(path)
                ? path + " is a folder: expected a file. Name one in it."
                : "File " + path
                        + (missing
                                ? " does not exist"
                                : " cannot be read (" + (cause instanceof IOException io ? IoCause.of(io) : cause)
                                        + ")")
                        + ". Check the path.";
        return new CommandFailure(ExitCode.BAD_INPUT, "DP-0903", found, cause);
    }

    /** A file that is wrong: the first error's code, and every problem on a line of its own, notes and warnings after what stands in the way. */
    public static CommandFailure refused(List<Problem> problems) {
        List<Problem> sorted = problems.stream()
                .sorted(Comparator.comparing(Problem::severity))
                .toList();
        String text = sorted.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return new CommandFailure(ExitCode.BAD_INPUT, sorted.get(0).code(), text);
    }
}
