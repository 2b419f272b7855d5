package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dataprism.api.PluginId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on the way is swapped for a link between the check and the use. */
class HeldFolderTest {
    private static final Path NAME = Path.of("a.txt");

    @TempDir
    Path root;

    private Path granted;
    private Path secret;

    @BeforeEach
    void make() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
            assumeTrue(found instanceof SecureDirectoryStream, "this system can't hold folders");
        }
        granted = Files.createDirectories(root.toRealPath().resolve("granted/deep"));
        secret = Files.createDirectories(root.toRealPath().resolve("secret/deep"));
        Files.writeString(granted.resolve(NAME), "granted");
        Files.writeString(secret.resolve(NAME), "secret");
    }

    /** Put a link to the secret in the place of the upper folder. */
    private void swap() throws IOException {
        Files.move(root.resolve("granted"), root.resolve("moved"));
        Files.createSymbolicLink(root.resolve("granted"), root.resolve("secret"));
        assertEquals("secret", Files.readString(granted.resolve(NAME)));
    }

    private static WriteQuota quota() {
        return new WriteQuota(new PluginId("p"), 1_000);
    }

    @Test
    void whatWasSwappedBeforeItIsEnteredIsNotEntered() throws Exception {
        swap();
        assertThrows(IOException.class, () -> HeldFolder.of(granted).close());
        assertThrows(IOException.class, () -> new NewFile(granted.resolve(NAME), quota()).close());
        assertEquals("secret", Files.readString(secret.resolve(NAME)));
    }

    @Test
    void whatIsSwappedAfterwardsIsNotReached() throws Exception {
        try (HeldFolder folder = HeldFolder.of(granted);
                NewFile file = new NewFile(granted.resolve("new.txt"), quota())) {
            swap();
            try (var channel = folder.open(NAME, StandardOpenOption.READ)) {
                assertEquals(7, channel.size());
            }
            file.write("mine".getBytes(StandardCharsets.UTF_8));
            file.commit();
            assertTrue(folder.delete(NAME));
            assertFalse(folder.delete(NAME));
        }
        assertEquals("secret", Files.readString(secret.resolve(NAME)));
        assertFalse(Files.exists(secret.resolve("new.txt")));
        assertEquals("mine", Files.readString(root.resolve("moved/deep/new.txt")));
        assertFalse(Files.exists(root.resolve("moved/deep").resolve(NAME)));
    }

    @Test
    void aFolderIsMadeInNoOtherPlaceThanWasJudged() throws Exception {
        Path made = granted.resolve("one/two");
        HeldFolder.make(made);
        HeldFolder.make(made);
        assertTrue(Files.isDirectory(made));
        swap();
        assertThrows(IOException.class, () -> HeldFolder.make(granted.resolve("new")));
        assertThrows(IOException.class, () -> HeldFolder.make(granted.resolve(NAME)));
        assertEquals(List.of(NAME), names(secret));
    }

    @Test
    void aFolderThatIsSwappedWhileOneIsMadeInItGetsNone() throws Exception {
        try (HeldFolder folder = HeldFolder.of(granted)) {
            swap();
            assertThrows(IOException.class, () -> folder.makeIn(Path.of("new")));
        }
        assertEquals(List.of(NAME), names(secret));
        assertEquals(List.of(NAME), names(root.resolve("moved/deep")));
    }

    private static List<Path> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(Path::getFileName).toList();
        }
    }

    @Test
    void aFileThatBecameALinkIsNotOpened() throws Exception {
        Files.delete(granted.resolve(NAME));
        Files.createSymbolicLink(granted.resolve(NAME), secret.resolve(NAME));
        try (HeldFolder folder = HeldFolder.of(granted)) {
            assertTrue(folder.find(NAME).orElseThrow().isSymbolicLink());
            assertThrows(
                    IOException.class,
                    () -> folder.open(NAME, StandardOpenOption.READ).close());
            assertThrows(
                    IOException.class,
                    () -> folder.open(NAME, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                            .close());
        }
        assertEquals("secret", Files.readString(secret.resolve(NAME)));
    }
}
