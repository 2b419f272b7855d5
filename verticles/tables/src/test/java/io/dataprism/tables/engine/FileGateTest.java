package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may change a folder replaces it by a link after the permission was checked. */
class FileGateTest {
    @TempDir
    Path temporary;

    private FileGate gate;
    private Path granted;
    private Path outside;

    @BeforeEach
    void twoFolders() throws IOException {
        Path real = temporary.toRealPath();
        gate = FileGate.in(real.resolve("work"));
        granted = Files.createDirectory(real.resolve("granted"));
        outside = Files.createDirectory(real.resolve("outside"));
        Files.writeString(granted.resolve("a.csv"), "mine");
        Files.writeString(outside.resolve("a.csv"), "secret");
    }

    private void replaceFileByLink() throws IOException {
        Files.delete(granted.resolve("a.csv"));
        Files.createSymbolicLink(granted.resolve("a.csv"), outside.resolve("a.csv"));
    }

    private void replaceFolderByLink() throws IOException {
        Files.move(granted, granted.resolveSibling("moved"));
        Files.createSymbolicLink(granted, outside);
    }

    private String read() {
        return gate.reading(granted.resolve("a.csv"), path -> Files.readString(Path.of(path)));
    }

    private String write(FileGate.Action<String> meanwhile) {
        return gate.writing(granted.resolve("new.csv"), path -> {
            meanwhile.apply(path);
            Files.writeString(Path.of(path), "mine");
            return path;
        });
    }

    private void assertNothingNewOutside() throws IOException {
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(List.of(outside.resolve("a.csv")), files.toList());
        }
        assertEquals("secret", Files.readString(outside.resolve("a.csv")));
    }

    @Test
    void aFileThatBecameALinkIsNotRead() throws IOException {
        replaceFileByLink();
        assertEquals("DP-0717", assertThrows(CallException.class, this::read).code());
    }

    @Test
    void aFileWhoseFolderBecameALinkIsNotRead() throws IOException {
        replaceFolderByLink();
        assertEquals("DP-0717", assertThrows(CallException.class, this::read).code());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatIsBeingReadStaysTheOneThatItWas() throws IOException {
        String content = gate.reading(granted.resolve("a.csv"), path -> {
            replaceFileByLink();
            return Files.readString(Path.of(path));
        });
        assertEquals("mine", content);
    }

    @Test
    void aFileIsReadByManyAtOnce() {
        String content = gate.reading(granted.resolve("a.csv"), outer -> {
            assertEquals("mine", read());
            return read() + Files.readString(Path.of(outer));
        });
        assertEquals("minemine", content);
    }

    @Test
    void aFolderThatBecameALinkIsNotWrittenInto() throws IOException {
        replaceFolderByLink();
        assertEquals(
                "DP-0719",
                assertThrows(CallException.class, () -> write(path -> path)).code());
        assertNothingNewOutside();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatIsBeingWrittenStaysInItsFolder() throws IOException {
        CallException failed = assertThrows(
                CallException.class,
                () -> write(path -> {
                    replaceFolderByLink();
                    return path;
                }));
        assertEquals("DP-0719", failed.code());
        assertNothingNewOutside();
    }

    @Test
    void aLinkAtTheTargetIsReplacedAndNotFollowed() throws IOException {
        Files.createSymbolicLink(granted.resolve("new.csv"), outside.resolve("a.csv"));
        write(path -> path);
        assertEquals("mine", Files.readString(granted.resolve("new.csv")));
        assertTrue(Files.isRegularFile(granted.resolve("new.csv"), LinkOption.NOFOLLOW_LINKS));
        assertNothingNewOutside();
    }
}
