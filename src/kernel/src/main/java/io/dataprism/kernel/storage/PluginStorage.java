package io.dataprism.kernel.storage;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin's storage: what is asked of it is done in order, one thing at a time, on threads that all plugins' storages take turns on. Changes that
 * wait behind each other go to the disk together; each is answered when it is there. Safe to use from any thread.
 */
final class PluginStorage {
    private static final Logger LOG = LoggerFactory.getLogger(PluginStorage.class);

    /** Of one run of the plugin; what the operator asks is never refused for it. */
    private static final int MOST_WAITING = 1_000;

    /** Things that are done before it is the next plugin's turn. */
    private static final int TURN = 200;

    private static final long MOST_TOGETHER = 4L << 20;

    private final PluginId plugin;
    private final Executor threads;
    private final Consumer<PluginStorage> used;

    // Guarded by this; nothing is called under it.
    private final Queue<Work<?>> waiting = new ArrayDeque<>();
    private Optional<StorageLease> lease = Optional.empty();
    private boolean working;
    private boolean closed;

    // Of the one that works.
    private final StorageFile file;
    private final List<Settled<?>> unsettled = new ArrayList<>();

    /** @param changes whether it is answered once it is on the disk */
    private record Work<T>(boolean changes, Function<StorageFile, T> action, Promise<T> answer) {}

    private record Settled<T>(T result, Promise<T> answer) {
        void complete() {
            answer.tryComplete(result);
        }
    }

    /** @param used told whenever its file is used, on the thread that does */
    PluginStorage(PluginId plugin, StorageFile file, Executor threads, Consumer<PluginStorage> used) {
        this.plugin = plugin;
        this.file = file;
        this.threads = threads;
        this.used = used;
    }

    PluginId plugin() {
        return plugin;
    }

    /** Have {@code next} be told of changes, and nobody else. */
    synchronized void lease(StorageLease next) {
        lease = Optional.of(next);
    }

    /** Do something with what is stored, after all that was asked before. */
    <T> Future<T> read(Function<StorageFile, T> action) {
        return submit(new Work<>(false, action, Promise.promise()), Integer.MAX_VALUE);
    }

    /** The same for a plugin, of which so much and no more may wait. */
    <T> Future<T> readFor(StorageLease of, Function<StorageFile, T> action) {
        return submitFor(of, new Work<>(false, action, Promise.promise()));
    }

    /** The same for what is answered once it is on the disk. */
    <T> Future<T> changeFor(StorageLease of, Function<StorageFile, T> action) {
        return submitFor(of, new Work<>(true, action, Promise.promise()));
    }

    private synchronized <T> Future<T> submitFor(StorageLease of, Work<T> work) {
        return of.hasEnded()
                ? Future.failedFuture(new PluginException(
                        "DP-0191", "Plugin '" + plugin + "' ended; its storage takes nothing more of it."))
                : submit(work, MOST_WAITING);
    }

    /** Whatever was asked for {@code ending} is done, and nothing more is taken; complete once all is done. */
    synchronized Future<Void> end(StorageLease ending) {
        ending.ended();
        if (lease.filter(ending::equals).isPresent()) {
            lease = Optional.empty();
        }
        return working ? add(new Work<>(false, file -> null, Promise.promise())) : Future.succeededFuture();
    }

    private synchronized <T> Future<T> submit(Work<T> work, int most) {
        if (closed) {
            return Future.failedFuture(ended());
        }
        if (waiting.size() >= most) {
            return Future.failedFuture(new PluginException(
                    "DP-0199",
                    "Plugin '" + plugin + "' has " + most
                            + " operations on its storage waiting, which is the most. Wait"
                            + " for what was begun before beginning more, or put several changes into one."));
        }
        return add(work);
    }

    /** Under the lock. */
    private <T> Future<T> add(Work<T> work) {
        waiting.add(work);
        if (!working) {
            working = true;
            go();
        }
        return work.answer.future();
    }

    private void go() {
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException e) {
            // The threads end after all storages are closed, or after that took too long.
            working = false;
            waiting.forEach(work -> work.answer.tryFail(ended()));
            waiting.clear();
        }
    }

    private PluginException ended() {
        return new PluginException(
                "DP-0806", "The storage of plugin '" + plugin + "' is closed. Its kernel has ended.");
    }

    private void work() {
        try {
            takeTurn();
        } catch (RuntimeException | Error e) {
            LOG.error("A turn of the storage of plugin '{}' failed; this is an error of the kernel", plugin, e);
        } finally {
            endTurn();
        }
    }

    private void takeTurn() {
        for (int done = 0; done < TURN; done++) {
            Work<?> next = next();
            if (next == null) {
                break;
            }
            carryOut(next);
        }
        settle();
        if (file.isOpen()) {
            used.accept(this);
        }
    }

    /** Whatever the turn came to: where nobody went on, all that is asked from now on would wait for ever. */
    private synchronized void endTurn() {
        working = !waiting.isEmpty();
        if (working) {
            go();
        }
    }

    private synchronized @Nullable Work<?> next() {
        return waiting.poll();
    }

    private <T> void carryOut(Work<T> work) {
        try {
            if (!work.changes || file.pendingBytes() > MOST_TOGETHER) {
                settle();
            }
            T result = work.action.apply(file);
            if (work.changes) {
                unsettled.add(new Settled<>(result, work.answer));
            } else {
                told(() -> work.answer.tryComplete(result));
            }
        } catch (RuntimeException | Error e) {
            told(() -> work.answer.tryFail(e));
        }
    }

    private void settle() {
        List<Settled<?>> answers = List.copyOf(unsettled);
        unsettled.clear();
        if (answers.isEmpty()) {
            return;
        }
        Set<String> keys;
        try {
            keys = file.settle();
        } catch (RuntimeException | Error e) {
            answers.forEach(each -> told(() -> each.answer.tryFail(e)));
            return;
        }
        answers.forEach(each -> told(each::complete));
        changed(keys);
    }

    /** Who is told may not keep others from being told, nor what is stored from being used. */
    private void told(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "Whoever is told of the storage of plugin '{}' failed; this is an error of the kernel", plugin, e);
        }
    }

    /** Tell whoever runs now. */
    void changed(Set<String> keys) {
        Optional<StorageLease> running;
        synchronized (this) {
            running = lease;
        }
        if (!keys.isEmpty()) {
            running.ifPresent(now -> told(() -> now.tell(keys)));
        }
    }

    /** Close its files, after all that was asked before, until they are needed again. */
    Future<Void> release() {
        return read(open -> {
            open.release();
            return null;
        });
    }

    /** The same for good. */
    synchronized Future<Void> close() {
        Future<Void> released = release();
        closed = true;
        return released;
    }
}
