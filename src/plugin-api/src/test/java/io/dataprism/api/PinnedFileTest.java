package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PinnedFileTest {
    @TempDir
    Path temporary;

    private Path file;
    private Path other;

    @BeforeEach
    void files() throws IOException {
        Path real = temporary.toRealPath();
        file = Files.writeString(real.resolve("file"), "one");
        other = Files.writeString(real.resolve("other"), "two");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void staysTheSameFileWhateverBecomesOfItsPath() throws IOException {
        try (PinnedFile pinned = PinnedFile.open(file)) {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertEquals("one", Files.readString(pinned.path()));
        }
    }

    @Test
    void theSameFileIsHeldTwiceUnderTwoNames() throws IOException {
        PinnedFile first = PinnedFile.open(file);
        try (PinnedFile second = PinnedFile.open(file)) {
            first.close();
            assertEquals("one", Files.readString(second.path()));
        }
    }

    @Test
    void aLinkIsNoFileNorAFolderThatIsALink() throws IOException {
        Path link = Files.createSymbolicLink(file.resolveSibling("link"), other);
        assertThrows(IOException.class, () -> PinnedFile.open(link));
        Path folder = Files.createSymbolicLink(file.resolveSibling("folder"), file.getParent());
        IOException moved = assertThrows(IOException.class, () -> PinnedFile.open(folder.resolve("other")));
        assertEquals(folder.resolve("other") + " leads elsewhere than a moment ago", moved.getMessage());
    }

    @Test
    void aNewFileIsWrittenUnderItsName() throws IOException {
        Path made = file.resolveSibling("made");
        try (PinnedFile pinned = PinnedFile.create(made)) {
            Files.writeString(pinned.path(), "three");
            pinned.force();
        }
        assertEquals("three", Files.readString(made));
        assertThrows(FileAlreadyExistsException.class, () -> PinnedFile.create(made));
        assertThrows(NoSuchFileException.class, () -> PinnedFile.open(file.resolveSibling("none")));
    }
}
