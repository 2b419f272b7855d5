package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    Path root;

    private final PluginId id = new PluginId("p");

    private Path place() {
        return root.resolve("p");
    }

    @Test
    void isMadeEmptyWhenItIsFirstUsed() throws IOException {
        Files.createDirectories(place());
        Files.writeString(place().resolve("old"), "left by a crash");
        WorkFolder folder = new WorkFolder(id, root, path -> () -> {});
        assertTrue(Files.exists(place().resolve("old")));
        assertEquals(place(), folder.made());
        assertFalse(Files.exists(place().resolve("old")));
        Files.writeString(place().resolve("new"), "the plugin's");
        assertTrue(Files.exists(folder.made().resolve("new")), "made once");
    }

    @Test
    void isGoneForGoodOnceItWasRemoved() throws IOException {
        WorkFolder folder = new WorkFolder(id, root, path -> () -> {});
        Files.writeString(folder.made().resolve("new"), "the plugin's");
        folder.remove();
        assertFalse(Files.exists(place()));
        assertEquals(
                "DP-0191", assertThrows(PluginException.class, folder::made).code());
        assertFalse(Files.exists(place()));
    }

    @Test
    void whatWasLeftThereGoesAlsoWhereItWasNeverUsed() throws IOException {
        Files.createDirectories(place());
        new WorkFolder(id, root, path -> () -> {}).remove();
        assertFalse(Files.exists(place()));
    }

    @Test
    void saysWhoCannotHaveItAndWhy() throws IOException {
        Files.writeString(root.resolve("file"), "in the way");
        PluginException failure =
                assertThrows(PluginException.class, new WorkFolder(id, root.resolve("file"), path -> () -> {})::made);
        assertEquals("DP-0252", failure.code());
        assertTrue(failure.getMessage().startsWith("Plugin 'p' can't have its work folder "), failure.getMessage());
    }
}
