package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.dataprism.api.PluginFiles.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one plugin watches, looked at in turn on its blocking lane. Each look goes the way of every other use of a file: where the path leads now is judged, and the
 * folder is held; the system's own notices are of a path, whoever put what there, and of too few plugins. A pause between two rounds is so long that looking takes
 * at most a twentieth of a core. Safe to use from any thread.
 */
final class FileWatches {
    private static final int MOST = 16;
    /** How many times longer than a round took it is waited for the next one. */
    private static final int REST = 19;

    private final PluginRuntime runtime;
    private final FileReach reach;
    private final Duration pause;
    // Guarded by this.
    private final Set<FileWatch> watches = new LinkedHashSet<>();
    private boolean looking;
    private boolean closed;

    /** @param pause the shortest between two rounds */
    FileWatches(PluginRuntime runtime, FileReach reach, Duration pause) {
        this.runtime = runtime;
        this.reach = reach;
        this.pause = pause;
    }

    /** Blocks. */
    PluginFiles.Watch add(String path, Consumer<Change> changed) throws IOException {
        FileWatch watch = new FileWatch(runtime, reach, path, changed, this::forget);
        PluginException refusal = take(watch);
        if (refusal != null) {
            watch.end(refusal);
            throw refusal;
        }
        // Revoked between its being judged and its being here
        watch.recheck();
        return watch;
    }

    private synchronized @Nullable PluginException take(FileWatch watch) {
        if (closed) {
            return ended();
        }
        if (watches.size() == MOST) {
            return BlockingWork.tooMuch(runtime, MOST + " watches on files");
        }
        watches.add(watch);
        if (!looking) {
            looking = true;
            next(pause);
        }
        return null;
    }

    private PluginException ended() {
        return new PluginException(
                "DP-0191", "Plugin '" + runtime.id() + "' ended, and what it watched is not looked at any more.");
    }

    private synchronized void forget(FileWatch watch) {
        watches.remove(watch);
    }

    private synchronized List<FileWatch> all() {
        return List.copyOf(watches);
    }

    private void next(Duration wait) {
        try {
            runtime.deployment().clock().schedule(this::begin, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException over) {
            // The node ends, and the plugin with it.
            close();
        }
    }

    /** Not as the plugin's work under way, or one that watches would never be idle. */
    private void begin() {
        runtime.deployment()
                .blocking(() -> {
                    round();
                    return null;
                })
                .onFailure(over -> close());
    }

    private void round() {
        long begun = System.nanoTime();
        try {
            all().forEach(FileWatch::look);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST);
            again(took.compareTo(pause) > 0 ? took : pause);
        }
    }

    private synchronized void again(Duration wait) {
        looking = !closed && !watches.isEmpty();
        if (looking) {
            next(wait);
        }
    }

    /** Grants of the plugin have changed. */
    void recheck() {
        all().forEach(FileWatch::recheck);
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        all().forEach(watch -> watch.end(ended()));
    }
}
