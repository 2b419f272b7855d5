package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Folders;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A plugin's folder for temporary files, made when it is first used: most plugins never do. Safe for use by many threads; blocks. */
public final class WorkFolder {
    private final PluginId plugin;
    private final Path all;
    private final Lending lending;
    private @Nullable Path made;
    private @Nullable Runnable takeBack;
    private boolean removed;

    /** Gives the plugin what it needs to use the folder. */
    @FunctionalInterface
    public interface Lending {
        /** {@code path} is made from now on; the result takes back what was given. */
        Runnable made(Path path);
    }

    /** @param all where it will be, by the plugin's name; what an earlier run left there goes when it is made, or removed */
    public WorkFolder(PluginId plugin, Path all, Lending lending) {
        this.plugin = plugin;
        this.all = all;
        this.lending = lending;
    }

    /**
     * The folder, which exists from now on; its path has no links.
     *
     * @throws PluginException {@code DP-0252} when it can't be made, {@code DP-0191} when the plugin was unloaded
     */
    synchronized Path made() {
        if (removed) {
            throw new PluginException("DP-0191", "Plugin '" + plugin + "' was unloaded, and its work folder with it.");
        }
        Path path = made == null ? make() : made;
        if (made == null) {
            takeBack = lending.made(path);
            made = path;
        }
        return path;
    }

    private Path make() {
        try {
            // Temporary folders may be cleared by others while a node runs.
            Folders.createPrivate(all);
            Path path = all.toRealPath().resolve(plugin.value());
            Folders.create(path);
            return path;
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0252",
                    "Plugin '" + plugin + "' can't have its work folder " + all.resolve(plugin.value()) + " (" + e
                            + "). Check the disk, and that this user may write there.",
                    e);
        }
    }

    /** Delete it with all that is in it, for good. */
    public synchronized void remove() throws IOException {
        removed = true;
        if (takeBack != null) {
            takeBack.run();
        }
        Folders.delete(all.resolve(plugin.value()));
    }
}
