package io.dataprism.kernel.traffic;

import io.dataprism.api.PluginException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who watches the messages of a node. Asked at each message, so it costs one read while nobody does. Safe to use from any thread. */
public final class Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final Watch[] NOBODY = {};
    private static final int MOST = 32;

    private volatile Watch[] watches = NOBODY;

    public boolean isWatched() {
        return watches != NOBODY;
    }

    /** Whether somebody wants bodies, too. */
    public boolean wantsBodies() {
        for (Watch watch : watches) {
            if (watch.wantsBody()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Watch from now on, until the watch is closed. That is logged.
     *
     * @param who for the log
     * @param more run when something waits after nothing did, on the thread of some sender or receiver: it must be quick and must not throw
     */
    public Watch watch(String who, WatchOptions options, Runnable more) {
        Watch watch = new Watch(this, options, more);
        add(watch);
        LOG.info("{} watches the messages of this node: {}", who, options);
        return watch;
    }

    private synchronized void add(Watch watch) {
        if (watches.length == MOST) {
            throw new PluginException(
                    "DP-0451",
                    "No more than " + MOST + " may watch a node's messages at once. End another tail first.");
        }
        Watch[] all = Arrays.copyOf(watches, watches.length + 1);
        all[watches.length] = watch;
        watches = all;
    }

    synchronized void forget(Watch watch) {
        Watch[] left = Arrays.stream(watches).filter(other -> other != watch).toArray(Watch[]::new);
        watches = left.length == 0 ? NOBODY : left;
    }

    public void see(Sighting sighting) {
        for (Watch watch : watches) {
            watch.see(sighting);
        }
    }
}
