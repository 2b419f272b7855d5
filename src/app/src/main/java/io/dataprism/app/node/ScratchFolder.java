package io.dataprism.app.node;

import io.dataprism.api.PluginException;
import io.dataprism.app.conf.Distribution;
import io.dataprism.kernel.store.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data folder for one command that is kept beside the distribution, so that the next command finds the shipped plugins unpacked. Several
 * commands at a time have one each.
 */
final class ScratchFolder {
    private static final int MOST = 4;

    private ScratchFolder() {}

    /** One that nobody uses; empty where there is none to be had, which means a temporary one. */
    static Optional<Path> open() {
        Optional<Path> beside =
                Distribution.folder().map(dist -> dist.resolve("scratch")).filter(ScratchFolder::isOurs);
        for (int i = 0; i < MOST && beside.isPresent(); i++) {
            Path folder = beside.get().resolve(String.valueOf(i));
            if (isFree(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static boolean isOurs(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(Path folder) {
        try (DataFolder locked = DataFolder.open(folder)) {
            return Files.isDirectory(locked.path());
        } catch (PluginException | IOException e) {
            return false;
        }
    }
}
