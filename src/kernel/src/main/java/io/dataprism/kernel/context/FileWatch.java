package io.dataprism.kernel.context;

import io.dataprism.api.FileAccess;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.dataprism.api.PluginFiles.Change;
import io.dataprism.api.PluginFiles.Change.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one plugin watches. It is looked at again once the plugin has heard of all that was found the last time, so that no more waits than one look can find.
 * Safe to use from any thread; nothing of the plugin's is called under its lock.
 */
final class FileWatch implements PluginFiles.Watch {
    private final PluginRuntime runtime;
    private final FileReach reach;
    private final String path;
    private final Consumer<Change> changed;
    private final Consumer<FileWatch> forget;
    private final Promise<Void> ended;

    // Guarded by waiting.
    private final Queue<Change> waiting = new ArrayDeque<>();
    private FolderView seen;
    private Held held;
    private boolean over;

    /**
     * Look for the first time. Blocks.
     *
     * @param path as the plugin named it
     * @param changed the plugin's own
     * @param forget is told when this has ended
     */
    FileWatch(PluginRuntime runtime, FileReach reach, String path, Consumer<Change> changed, Consumer<FileWatch> forget)
            throws IOException {
        this.runtime = runtime;
        this.reach = reach;
        this.path = path;
        this.changed = changed;
        this.forget = forget;
        this.ended = runtime.deployment().promise();
        this.seen = FolderView.of(reach, path);
        this.held = hold(seen);
    }

    private Held hold(FolderView view) {
        Held taken = new Held(runtime.memory());
        taken.take(view.bytes());
        return taken;
    }

    /** Look again, unless the plugin has not heard of everything yet. Blocks. */
    void look() {
        FolderView before;
        synchronized (waiting) {
            if (over || !waiting.isEmpty()) {
                return;
            }
            before = seen;
        }
        try {
            FolderView now = FolderView.of(reach, path);
            if (!now.equals(before)) {
                found(now, hold(now));
            }
        } catch (DirectoryIteratorException e) {
            end(reach.failed(
                    path,
                    "its entries can't be read (" + PluginException.excerpt(String.valueOf(e.getMessage())) + ")"));
        } catch (IOException e) {
            end(reach.failed(path, e));
        } catch (PluginException refused) {
            end(refused);
        }
    }

    private void found(FolderView now, Held holding) {
        boolean first;
        synchronized (waiting) {
            if (over) {
                holding.release();
                return;
            }
            Map<String, FolderView.Seen> old = seen.entries();
            now.entries().forEach((name, entry) -> {
                FolderView.Seen was = old.get(name);
                if (!entry.equals(was)) {
                    waiting.add(new Change(name, was == null ? Kind.CREATED : Kind.CHANGED));
                }
            });
            old.keySet().stream()
                    .filter(name -> !now.entries().containsKey(name))
                    .forEach(name -> waiting.add(new Change(name, Kind.DELETED)));
            seen = now;
            held.release();
            held = holding;
            first = !waiting.isEmpty();
        }
        if (first) {
            runtime.deployment().execute(this::tell);
        }
    }

    /** One change in a slice of its own: what the plugin throws, or how long it takes, is then about this one. */
    private void tell() {
        Change next;
        boolean more;
        synchronized (waiting) {
            next = over ? null : waiting.poll();
            more = !over && !waiting.isEmpty();
        }
        if (more) {
            runtime.deployment().execute(this::tell);
        }
        if (next != null) {
            changed.accept(next);
        }
    }

    /** The grants of the plugin have changed: without its permission for where the path led when it was last looked at, this ends. */
    void recheck() {
        FolderView last;
        synchronized (waiting) {
            last = seen;
        }
        if (!last.own() && !reach.may(last.place(), FileAccess.READ)) {
            end(reach.takenBack(last.place(), FileAccess.READ));
        }
    }

    /** Nothing is told any more, and whoever waits for the end learns {@code why}. */
    void end(@Nullable PluginException why) {
        synchronized (waiting) {
            if (over) {
                return;
            }
            over = true;
            waiting.clear();
            held.release();
        }
        forget.accept(this);
        if (why == null) {
            ended.tryComplete();
        } else {
            ended.tryFail(why);
        }
    }

    @Override
    public Future<Void> cancel() {
        end(null);
        return runtime.deployment().succeeded(null);
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }
}
