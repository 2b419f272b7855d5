package io.dataprism.app.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.app.CommandFailure;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    @Test
    void aFolderInPlaceOfAFileIsCalledAFolder(@TempDir Path folder) {
        CommandFailure failure = BadInput.unreadable(folder, new NoSuchFileException(folder.toString()));
        assertEquals(folder + " is a folder: expected a file. Name one in it.", failure.getMessage());
    }

    @Test
    void whatStandsInTheWayComesBeforeNotes() {
        CommandFailure failure = BadInput.refused(List.of(
                new Problem(Severity.NOTE, "DP-0920", "kernel.yaml", 6, 5, "Plugin 'tables' requests more."),
                new Problem(Severity.ERROR, "DP-0915", "kernel.yaml", 13, 31, "Reference ${env:A} leads to nothing.")));
        assertEquals("DP-0915", failure.code());
        assertEquals("""
                kernel.yaml:13:31: DP-0915 Reference ${env:A} leads to nothing.
                kernel.yaml:6:5: note: DP-0920 Plugin 'tables' requests more.""", failure.getMessage());
    }
}
