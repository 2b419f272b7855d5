package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changed grants to the store behind the changes, as many at once as there are. Who changes grants never waits for the disk; who wants to
 * know that they are on it asks {@link #saved}. Safe to use from any thread; one of {@code threads} writes at a time.
 */
final class GrantKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrantKeeper.class);

    private final Store store;
    private final Executor threads;
    private final Function<Caller, Collection<Grant>> grants;
    private final Set<Caller> changed = new LinkedHashSet<>();
    private final List<Promise<Void>> waiting = new ArrayList<>();
    /** Held by who writes. */
    private final Object pen = new Object();

    private boolean writing;
    private boolean failing;
    private boolean closed;

    private volatile BiConsumer<Caller, Batch> beside = (caller, batch) -> {};

    /**
     * One that writes to {@code store}, on {@code threads}.
     *
     * @param grants what a caller has, at the moment
     */
    GrantKeeper(Store store, Executor threads, Function<Caller, Collection<Grant>> grants) {
        this.store = store;
        this.threads = threads;
        this.grants = grants;
    }

    /** What {@code caller} has is not what it was, or may not be. */
    synchronized void changed(Caller caller) {
        if (!closed && changed.add(caller)) {
            write();
        }
    }

    /** Try what failed again. */
    synchronized void again() {
        if (!closed && !changed.isEmpty()) {
            write();
        }
    }

    /** What is written together with somebody's grants, wholly or not at all. */
    void beside(BiConsumer<Caller, Batch> more) {
        beside = more;
    }

    /** All changes until now on the disk; fails with {@code DP-0507}. */
    synchronized Future<Void> saved() {
        if (changed.isEmpty() && !writing) {
            return Future.succeededFuture();
        }
        Promise<Void> saved = Promise.promise();
        waiting.add(saved);
        write();
        return saved.future();
    }

    private void write() {
        if (writing) {
            return;
        }
        try {
            writing = true;
            threads.execute(this::writeAll);
        } catch (RejectedExecutionException e) {
            // The node is closing: close() writes what is left.
            writing = false;
        }
    }

    private void writeAll() {
        boolean more = true;
        while (more) {
            Round round;
            synchronized (pen) {
                round = round();
            }
            round.tell.run();
            more = round.more;
        }
    }

    /**
     * What came of one batch.
     *
     * @param more whether there may be another one to write now
     * @param tell tells those who waited for it
     */
    private record Round(boolean more, Runnable tell) {}

    private Round round() {
        Set<Caller> callers = take();
        @Nullable RuntimeException failure = callers.isEmpty() ? null : store(callers);
        if (failure != null) {
            return failed(callers, failure);
        }
        return written(!callers.isEmpty());
    }

    private synchronized Set<Caller> take() {
        Set<Caller> taken = new LinkedHashSet<>(changed);
        changed.clear();
        return taken;
    }

    private @Nullable RuntimeException store(Set<Caller> callers) {
        try {
            Batch batch = new Batch();
            callers.forEach(caller -> {
                StoredGrants.change(store, batch, caller, grants.apply(caller));
                beside.accept(caller, batch);
            });
            store.write(batch);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Where nothing has changed meanwhile, whatever anybody waits for is on the disk. */
    private synchronized Round written(boolean any) {
        if (any && failing) {
            failing = false;
            LOG.info("Grants are stored again");
        }
        if (!changed.isEmpty()) {
            return new Round(true, () -> {});
        }
        writing = false;
        List<Promise<Void>> done = waited();
        return new Round(false, () -> done.forEach(Promise::complete));
    }

    private synchronized Round failed(Set<Caller> callers, RuntimeException failure) {
        if (!failing) {
            failing = true;
            LOG.error("Grants can't be stored, which is tried again at each check of the node", failure);
        }
        changed.addAll(callers);
        writing = false;
        List<Promise<Void>> asked = waited();
        return new Round(false, () -> asked.forEach(one -> one.fail(unstored(callers, failure))));
    }

    private List<Promise<Void>> waited() {
        List<Promise<Void>> asked = List.copyOf(waiting);
        waiting.clear();
        return asked;
    }

    private static PluginException unstored(Set<Caller> callers, RuntimeException cause) {
        return new PluginException(
                "DP-0507",
                "What was changed of the grants of "
                        + String.join(", ", callers.stream().map(Caller::label).toList())
                        + " holds now, but could not be stored: " + cause.getMessage()
                        + " Until it is, a restart of the node brings back what was before; it is tried again every second.",
                cause);
    }

    /** Write what is left. Blocks, also for what is being written: nothing is written afterwards. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        writeAll();
    }
}
