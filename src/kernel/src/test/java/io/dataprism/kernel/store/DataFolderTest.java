package io.dataprism.kernel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    Path folder;

    private PluginException refused() {
        return assertThrows(PluginException.class, () -> DataFolder.open(folder));
    }

    @Test
    void isLockedWhileItIsOpen() throws Exception {
        try (DataFolder open = DataFolder.open(folder)) {
            assertEquals(folder, open.path());
            PluginException locked = refused();
            assertEquals("DP-0807", locked.code());
            assertTrue(locked.getMessage().contains("another kernel of this process"), locked.getMessage());
        }
        DataFolder.open(folder).close();
    }

    @Test
    void whatAKilledNodeHadBegunToWriteIsWrittenAnew() throws Exception {
        Files.createFile(folder.resolve("format"));
        Files.createFile(folder.resolve("operator.token"));
        String token;
        try (DataFolder open = DataFolder.open(folder)) {
            token = open.operatorToken();
            assertEquals(64, token.length());
        }
        assertEquals(DataFolder.FORMAT + "\n", Files.readString(folder.resolve("format")));
        try (DataFolder open = DataFolder.open(folder)) {
            assertEquals(token, open.operatorToken());
        }
    }

    @Test
    void namesTheProcessThatHasIt() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("open", said.readLine());
            PluginException locked = refused();
            assertEquals(
                    "The data folder " + folder + " is in use by process " + other.pid()
                            + ". Stop that node, or give this one another data folder.",
                    locked.getMessage());
        } finally {
            other.getOutputStream().close();
            other.waitFor();
        }
        DataFolder.open(folder).close();
    }

    /** Holds a folder until its input ends. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (DataFolder held = DataFolder.open(Path.of(arguments[0]))) {
                System.out.println(held.path() == null ? "" : "open");
                while (System.in.read() >= 0) {
                    // until the test closes it
                }
            }
        }
    }

    @Test
    void refusesANewerFormat() throws Exception {
        Files.writeString(folder.resolve("format"), "2\n");
        PluginException newer = refused();
        assertEquals("DP-0808", newer.code());
        assertTrue(newer.getMessage().contains("format '2'"), newer.getMessage());
    }

    @Test
    void refusesAFileInPlaceOfAFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        PluginException unusable = assertThrows(PluginException.class, () -> DataFolder.open(file));
        assertEquals("DP-0809", unusable.code());
    }

    @Test
    void whatItMakesIsForItsOwnerOnly() throws Exception {
        Path made = folder.resolve("deep/data");
        try (DataFolder data = DataFolder.open(made)) {
            if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.work())));
            }
        }
    }

    @Test
    void keepsTheOperatorsTokenForItsOwnerOnly() throws Exception {
        String token;
        try (DataFolder open = DataFolder.open(folder)) {
            token = open.operatorToken();
            assertEquals(64, token.length());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("operator.token"))));
        }
        try (DataFolder open = DataFolder.open(folder)) {
            assertEquals(token, open.operatorToken());
        }
    }

    @Test
    void aTemporaryOneIsDeletedWithItsContent() throws Exception {
        Path path;
        try (DataFolder temporary = DataFolder.temporary()) {
            path = temporary.path();
            Files.writeString(temporary.work().resolve("x"), "y");
        }
        assertFalse(Files.exists(path));
    }
}
