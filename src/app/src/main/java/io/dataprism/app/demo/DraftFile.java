package io.dataprism.app.demo;

import io.dataprism.app.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The pipeline that is made for a user's file. It is in its place once all of it is known, and what another hand wrote there is kept under
 * another name. Blocks.
 */
final class DraftFile {
    private final Path place;
    private final Path part;

    DraftFile(Path folder) {
        this.place = folder.resolve("pipeline.yaml");
        // Paths in it mean the same, since both lie in one folder
        this.part = folder.resolve(".pipeline.part.yaml");
    }

    Path place() {
        return place;
    }

    /** Write what is known so far, to be read where this says, and then {@link #discard discarded}. */
    Path writePart(String text) {
        try {
            Files.createDirectories(part.toAbsolutePath().resolveSibling(""));
            return Files.writeString(part, text);
        } catch (IOException e) {
            throw CommandFailure.unwritable(part, e);
        }
    }

    void discard() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw CommandFailure.unwritable(part, e);
        }
    }

    /** Put {@code text} in its place; where what was there is kept, if that was something else. At each moment one of them is there. */
    Optional<Path> write(String text) {
        writePart(text);
        try {
            Optional<Path> kept =
                    Files.exists(place) && !Files.readString(place).equals(text)
                            ? Optional.of(Files.copy(place, unused()))
                            : Optional.empty();
            Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } catch (IOException e) {
            throw CommandFailure.unwritable(place, e);
        }
    }

    private Path unused() {
        for (int number = 1; ; number++) {
            Path candidate = place.resolveSibling("pipeline." + number + ".yaml");
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }
}
