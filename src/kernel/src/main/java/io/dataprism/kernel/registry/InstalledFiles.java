package io.dataprism.kernel.registry;

import io.dataprism.kernel.manifest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is installed, by what is in the files: one that was installed before, as at each start but the first, is known again without being copied
 * and hashed, and without looking at the others. Safe for use by many threads.
 */
final class InstalledFiles {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledFiles.class);

    private final Map<Long, Map<String, PluginRecord>> bySize = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    synchronized void add(PluginRecord record) throws IOException {
        Path file = record.artifact().file();
        // A folder of a plugin under development is read anew each time.
        if (Files.isRegularFile(file)) {
            long size = Files.size(file);
            sizes.put(record.artifact().sha256(), size);
            bySize.computeIfAbsent(size, any -> new HashMap<>())
                    .put(record.artifact().sha256(), record);
        }
    }

    synchronized void remove(PluginRecord record) {
        String hash = record.artifact().sha256();
        bySize.computeIfPresent(sizes.getOrDefault(hash, -1L), (size, alike) -> {
            alike.remove(hash, record);
            return alike.isEmpty() ? null : alike;
        });
    }

    /** What is installed with the same bytes as {@code file}, as they lie on the disk now. */
    Optional<PluginRecord> like(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            PluginRecord record = candidate(file).orElse(null);
            return record != null && Files.mismatch(record.artifact().file(), file) < 0
                    ? Optional.of(record)
                    : Optional.empty();
        } catch (NoSuchFileException removed) {
            // One of the two, before or while they were compared: where it is the artifact's own, fetching it tells.
            LOG.debug("Not compared with {}, since it was removed meanwhile", file, removed);
            return Optional.empty();
        }
    }

    /** The only one of the same size, as for all but small files; else the one with the same hash. */
    private Optional<PluginRecord> candidate(Path file) throws IOException {
        long size = Files.size(file);
        Optional<PluginRecord> only;
        synchronized (this) {
            Map<String, PluginRecord> alike = bySize.getOrDefault(size, Map.of());
            if (alike.isEmpty()) {
                return Optional.empty();
            }
            only = alike.size() == 1 ? alike.values().stream().findFirst() : Optional.empty();
        }
        return only.isPresent() ? only : withHash(size, Sha256.of(file));
    }

    private synchronized Optional<PluginRecord> withHash(long size, String hash) {
        return Optional.ofNullable(bySize.getOrDefault(size, Map.of()).get(hash));
    }
}
