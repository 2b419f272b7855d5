package io.dataprism.kernel.admission;

import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.sandbox.scan.ArtifactScan;
import io.dataprism.sandbox.scan.ScanReport;
import io.dataprism.sandbox.scan.ScannedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the scan found in artifacts, kept by their hash and by what the verdict rests on: the rule table, the scan's own code and the JDK. The last ones in
 * memory, those of installed artifacts beside them. No artifact is scanned twice at a time. Safe to use from any thread; blocks.
 */
public final class Verdicts {
    /** A large one takes some megabytes. */
    private static final int IN_MEMORY = 8;

    /** What the store calls each artifact. */
    public static final String IN_STORE = "artifact.jar";

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private final Map<String, ScanReport> last = new LinkedHashMap<>();
    private final Map<String, Object> underWay = new LinkedHashMap<>();

    /**
     * What the scan finds in {@code artifact}, or found in the same bytes.
     *
     * @throws IOException where it can't be read
     */
    public ScanReport of(PluginArtifact artifact) throws IOException {
        Object turn;
        synchronized (this) {
            turn = underWay.computeIfAbsent(artifact.sha256(), any -> new Object());
        }
        synchronized (turn) {
            try {
                Optional<ScanReport> known = known(artifact);
                return known.isPresent() ? known.get() : scan(artifact);
            } finally {
                synchronized (this) {
                    underWay.remove(artifact.sha256(), turn);
                }
            }
        }
    }

    private Optional<ScanReport> known(PluginArtifact artifact) throws IOException {
        String key = key(artifact);
        ScanReport there;
        synchronized (this) {
            there = last.get(key);
        }
        if (there != null) {
            return Optional.of(there);
        }
        Optional<Path> folder = folder(artifact);
        Optional<ScanReport> kept = folder.isPresent() ? VerdictFile.read(folder.get(), key) : Optional.empty();
        kept.ifPresent(report -> remember(key, report));
        return kept;
    }

    private ScanReport scan(PluginArtifact artifact) throws IOException {
        ScanReport report =
                ArtifactScan.scan(artifact.file(), artifact.libraries(), artifact.nativeLibraries()::contains);
        remember(key(artifact), report);
        keep(artifact, report);
        return report;
    }

    /** Beside the artifact, where it has a folder of its own; that it can't be is no reason to refuse anything. */
    private static void keep(PluginArtifact artifact, ScanReport report) {
        folder(artifact).ifPresent(folder -> {
            try {
                VerdictFile.write(folder, key(artifact), report);
            } catch (IOException e) {
                LOG.debug("What the scan found in {} is not kept", artifact.file(), e);
            }
        });
    }

    private synchronized void remember(String key, ScanReport report) {
        last.put(key, report);
        if (last.size() > IN_MEMORY) {
            last.remove(last.keySet().iterator().next());
        }
    }

    /** Only in the store an artifact lies in a folder that holds nothing else's. */
    private static Optional<Path> folder(PluginArtifact artifact) {
        Path file = artifact.file();
        return Files.isRegularFile(file) && file.endsWith(IN_STORE)
                ? Optional.ofNullable(file.getParent())
                : Optional.empty();
    }

    private static String key(PluginArtifact artifact) {
        return Hashes.of(artifact.sha256(), ScannedBy.fingerprint());
    }
}
