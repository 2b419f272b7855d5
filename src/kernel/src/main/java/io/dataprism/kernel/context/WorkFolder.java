package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Folders;
import java.io.IOException;
import java.nio.file.Path;

/** A plugin's folder for temporary files, made when it is first used: most plugins never do. Safe for use by many threads; blocks. */
public final class WorkFolder {
    private final PluginId plugin;
    private final Path path;
    private boolean made;
    private boolean removed;

    /** @param path where it will be, without links; what an earlier run left there goes when it is made, or removed */
    public WorkFolder(PluginId plugin, Path path) {
        this.plugin = plugin;
        this.path = path;
    }

    /** Where it is or will be. */
    public Path path() {
        return path;
    }

    /**
     * The folder, which exists from now on.
     *
     * @throws PluginException {@code DP-0252} when it can't be made, {@code DP-0191} when the plugin was unloaded
     */
    synchronized Path made() {
        if (removed) {
            throw new PluginException("DP-0191", "Plugin '" + plugin + "' was unloaded, and its work folder with it.");
        }
        if (!made) {
            try {
                Folders.create(path);
            } catch (IOException e) {
                throw new PluginException(
                        "DP-0252",
                        "Plugin '" + plugin + "' can't have its work folder " + path + " (" + e
                                + "). Check the disk, and that this user may write there.",
                        e);
            }
            made = true;
        }
        return path;
    }

    /** Delete it with all that is in it, for good. */
    public synchronized void remove() throws IOException {
        removed = true;
        Folders.delete(path);
    }
}
