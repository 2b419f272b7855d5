package io.dataprism.app.review;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms that a review is written in. */
public enum ReviewForm {
    JSON,
    SARIF,
    HTML;

    /**
     * The form that a user names.
     *
     * @throws CommandFailure where there is none of that name
     */
    public static ReviewForm named(String name) {
        return Arrays.stream(values())
                .filter(form -> form.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "DP-0921",
                        "There is no report of the form '" + name + "': expected one of "
                                + Arrays.stream(values()).map(ReviewForm::label).collect(Collectors.joining(", "))
                                + ", then the file to write."));
    }

    private String text(Review review, String version) {
        return switch (this) {
            case JSON -> ReviewJson.of(review).encodePrettily();
            case SARIF -> SarifReport.of(review, version).encodePrettily();
            case HTML -> ReviewPage.of(review, version);
        };
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Write {@code review} into {@code file}.
     *
     * @param version DataPrism's own
     */
    public void write(Review review, String version, Path file) {
        try {
            Files.writeString(file, text(review, version));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-1423",
                    "File " + file + " cannot be written: " + e + ". Free the path, or name another file.",
                    e);
        }
    }
}
