package io.dataprism.fuzz;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.sandbox.scan.ArtifactScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Artifacts: whatever the file is, it is read, or refused with a code; and its scan ends with a report, or says that it can't be read. */
public final class Jars {
    private static final Path FILE = file();

    private Jars() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzzed", ".jar");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Files.write(FILE, bytes);
        try {
            ArtifactReader.read(FILE);
        } catch (PluginException refused) {
            if (refused.code().isEmpty() || refused.getMessage() == null) {
                throw new AssertionError("refused without a word", refused);
            }
        }
        try {
            ArtifactScan.scan(FILE, List.of(), name -> false);
        } catch (PluginException | IOException unreadable) {
            if (unreadable.getMessage() == null) {
                throw new AssertionError("unreadable without a word", unreadable);
            }
        }
    }
}
