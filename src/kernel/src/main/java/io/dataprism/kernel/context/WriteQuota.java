package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much fuller one plugin may make the node's disks through its context: what it writes and downloads counts, what that replaces and what it deletes is taken
 * off. Counted from the plugin's start, never below nothing. Safe to use from any thread.
 */
final class WriteQuota {
    private final PluginId plugin;
    private final long most;
    private long used;
    /** Names of files that are being written, which no two have. */
    private final Set<String> parts = new HashSet<>();

    /**
     * Held while a file is put in the place of another or deleted, and until its bytes were given back: so that they are once, however many do that at the same time.
     * Only for what is done with the disk: never while code of the plugin may run.
     */
    final ReentrantLock names = new ReentrantLock();

    /** @param most bytes */
    WriteQuota(PluginId plugin, long most) {
        this.plugin = plugin;
        this.most = most;
    }

    /** What one file that is being written takes of it. For one thread at a time. */
    final class Share {
        private final String part;
        private long taken;

        private Share(String part) {
            this.part = part;
        }

        /** @throws PluginException {@code DP-0960} where that is more than is left */
        void take(long bytes) {
            WriteQuota.this.take(bytes);
            taken += bytes;
        }

        /** It has become so many bytes smaller. */
        void less(long bytes) {
            giveBack(bytes);
            taken -= bytes;
        }

        /** The file is there, in place of one of so many bytes. */
        void keep(long replaced) {
            taken = 0;
            ended(part);
            giveBack(replaced);
        }

        /** Nothing is left of it. More than once is as once. */
        void giveUp() {
            giveBack(taken);
            taken = 0;
            ended(part);
        }
    }

    /** @param part the file's name while it is written, in small letters, which nothing else has */
    synchronized Share share(String part) {
        parts.add(part);
        return new Share(part);
    }

    private synchronized void ended(String part) {
        parts.remove(part);
    }

    /** What is given back when {@code found} goes: nothing for what is being written, which gives back by itself. */
    synchronized long bytes(String name, Optional<BasicFileAttributes> found) {
        // Some file systems take small letters and capitals for the same.
        return parts.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)
                ? 0
                : found.filter(BasicFileAttributes::isRegularFile)
                        .map(BasicFileAttributes::size)
                        .orElse(0L);
    }

    private synchronized void take(long bytes) {
        if (bytes > most - used) {
            throw new PluginException(
                    "DP-0960",
                    "Plugin '" + plugin + "' can't write " + bytes
                            + " bytes more: what it wrote since it started takes "
                            + used + " of the " + most
                            + " bytes that it may. Delete what is not needed, or raise max-written-per-plugin.");
        }
        used += bytes;
    }

    /** So many bytes were deleted or replaced. */
    synchronized void giveBack(long bytes) {
        used = Math.max(0, used - bytes);
    }
}
