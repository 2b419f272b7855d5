package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that one plugin has open as streams; closed with it. Safe to use from any thread. */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    private static final int MOST = 64;

    private final PluginId plugin;
    private final Set<Closeable> open = new HashSet<>();
    private boolean closed;

    OpenFiles(PluginId plugin) {
        this.plugin = plugin;
    }

    /** One more, which is closed at once where it may not be. */
    <C extends Closeable> C add(C file) throws IOException {
        PluginException refusal = take(file);
        if (refusal != null) {
            file.close();
            throw refusal;
        }
        return file;
    }

    private synchronized @Nullable PluginException take(Closeable file) {
        if (closed) {
            return new PluginException("DP-0191", "Plugin '" + plugin + "' ended; it can't open files any more.");
        }
        if (open.size() == MOST) {
            return new PluginException(
                    "DP-0612",
                    "Plugin '" + plugin + "' has " + MOST + " files open, which is the most. Close those that it has"
                            + " read or written.");
        }
        open.add(file);
        return null;
    }

    synchronized void remove(Closeable file) {
        open.remove(file);
    }

    /** Close all, and every one that is opened later. Blocks. */
    void close() {
        for (Closeable file : ending()) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("A file that plugin '{}' left open could not be closed", plugin, e);
            }
        }
    }

    private synchronized List<Closeable> ending() {
        closed = true;
        List<Closeable> all = List.copyOf(open);
        open.clear();
        return all;
    }
}
