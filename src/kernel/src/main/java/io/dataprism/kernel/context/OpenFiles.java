package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.Tally;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that one plugin has open as streams; closed with it, and each with the permission on which it stands. Safe to use from any thread. */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private final PluginId plugin;
    private final Tally tally;
    private final Set<OpenFile> open = new HashSet<>();
    private boolean closed;

    OpenFiles(PluginId plugin, Tally tally) {
        this.tally = tally;
        this.plugin = plugin;
    }

    /** One more, which is closed at once where it may not be. */
    void add(OpenFile file) throws IOException {
        PluginException refusal = take(file);
        if (refusal != null) {
            file.close();
            throw refusal;
        }
        // What was revoked between its being judged and its being here, nobody else has seen.
        if (file.look()) {
            remove(file);
            file.close();
            file.requireAllowed();
        }
    }

    private synchronized @Nullable PluginException take(OpenFile file) {
        if (closed) {
            return new PluginException("DP-0191", "Plugin '" + plugin + "' ended; it can't open files any more.");
        }
        int most = tally.limit(Countable.FILES);
        if (open.size() >= most) {
            return new PluginException(
                    "DP-0612",
                    "Plugin '" + plugin + "' has " + most + " files open, which is the most. Close those that it has"
                            + " read or written.");
        }
        open.add(file);
        tally.has(Countable.FILES, open.size());
        return null;
    }

    synchronized void remove(OpenFile file) {
        open.remove(file);
        tally.has(Countable.FILES, open.size());
    }

    /** Those that are not allowed any more, which are open no more; they are to be {@link #close(List) closed}. */
    List<OpenFile> revoked() {
        List<OpenFile> all;
        synchronized (this) {
            all = List.copyOf(open);
        }
        List<OpenFile> gone = all.stream().filter(OpenFile::look).toList();
        gone.forEach(this::remove);
        return gone;
    }

    /** Close all, and every one that is opened later. Blocks. */
    void close() {
        close(ending());
    }

    /** Blocks. */
    void close(List<OpenFile> files) {
        for (OpenFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("A file that plugin '{}' left open could not be closed", plugin, e);
            }
        }
    }

    private synchronized List<OpenFile> ending() {
        closed = true;
        List<OpenFile> all = List.copyOf(open);
        open.clear();
        tally.has(Countable.FILES, 0);
        return all;
    }
}
