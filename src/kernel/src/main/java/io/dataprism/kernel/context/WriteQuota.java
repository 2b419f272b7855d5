package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;

/**
 * How much fuller one plugin may make the node's disks through its context: what it writes and downloads counts, what that replaces and what it deletes is taken
 * off. Counted from the plugin's start, never below nothing. Safe to use from any thread.
 */
final class WriteQuota {
    private final PluginId plugin;
    private final long most;
    private long used;

    /** @param most bytes */
    WriteQuota(PluginId plugin, long most) {
        this.plugin = plugin;
        this.most = most;
    }

    /** What one file that is being written takes of it. For one thread at a time. */
    final class Share {
        private long taken;

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
            giveBack(replaced);
        }

        /** Nothing is left of it. More than once is as once. */
        void giveUp() {
            giveBack(taken);
            taken = 0;
        }
    }

    Share share() {
        return new Share();
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
