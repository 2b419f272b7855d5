package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds damage in what lies in an artifact's folder. At each start all that will be loaded is held against checksums, the jar's from its record and each
 * library's from the jar; against the artifact's hash only when it is installed, when a record of an older version is brought up to date, and when
 * somebody asks for it.
 */
final class StoredFiles {
    private StoredFiles() {}

    /**
     * The artifact in {@code folder}, all of it as it was installed. Blocks.
     *
     * @throws PluginException {@code DP-0251} where it is not
     */
    static PluginArtifact checked(Path folder, RecordFile record) {
        Path jar = folder.resolve(ArtifactStore.JAR);
        PluginArtifact artifact = record.check().isPresent()
                ? checkedQuickly(jar, record, record.check().get())
                : hashed(jar, record);
        checkLibraries(artifact, folder);
        return artifact;
    }

    private static PluginArtifact checkedQuickly(Path jar, RecordFile record, FileCheck expected) {
        FileCheck found = check(jar, FileCheck::of);
        if (!found.isSame(expected)) {
            throw damaged(
                    "The artifact " + jar + " was changed: it has " + found + ", expected " + expected
                            + ". Delete its folder and install the plugin again.",
                    null);
        }
        return ArtifactReader.readHashed(jar, record.source(), record.sha256());
    }

    /** The same by its SHA-256, which takes much longer. */
    static PluginArtifact hashed(Path jar, RecordFile record) {
        PluginArtifact artifact = ArtifactReader.read(jar, record.source());
        if (!artifact.sha256().equals(record.sha256())) {
            throw damaged(
                    "The artifact " + jar + " was changed: its SHA-256 is " + artifact.sha256() + ", expected "
                            + record.sha256() + ". Delete its folder and install the plugin again.",
                    null);
        }
        return artifact;
    }

    static void checkLibraries(PluginArtifact artifact, Path folder) {
        Map<String, FileCheck> expected = new HashMap<>();
        Path jar = folder.resolve(ArtifactStore.JAR);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String library : artifact.libraries()) {
                ZipEntry entry = zip.getEntry(library);
                expected.put(library, new FileCheck(entry.getSize(), entry.getCrc()));
            }
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
        expected.entrySet().parallelStream().forEach(library -> {
            FileCheck found = check(folder.resolve(library.getKey()), FileCheck::asInZip);
            if (!found.isSame(library.getValue())) {
                throw damaged(
                        "The library " + folder.resolve(library.getKey()) + " was changed: it has " + found
                                + ", expected " + library.getValue()
                                + ". Install the plugin again, which unpacks it anew.",
                        null);
            }
        });
    }

    private interface Checking {
        FileCheck of(Path file) throws IOException;
    }

    private static FileCheck check(Path file, Checking checking) {
        try {
            return checking.of(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static PluginException unreadable(Path file, IOException e) {
        return damaged("The file " + file + " can't be read (" + e + "). Install the plugin again.", e);
    }

    private static PluginException damaged(String text, @Nullable Throwable cause) {
        return new PluginException("DP-0251", text, cause);
    }
}
