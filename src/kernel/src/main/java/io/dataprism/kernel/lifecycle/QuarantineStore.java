package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import io.dataprism.kernel.supervision.Quarantine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quarantines that outlive the node, and the suspensions for memory: a record a plugin. What changes is written behind that, in order, and again at the next check where it could not
 * be. Safe to use from any thread; only what says so blocks.
 */
public final class QuarantineStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineStore.class);
    private static final String TABLE = "quarantine";
    private static final String SUSPENDED = "suspended";
    private static final String NOT_KEPT = "DP-0665";

    private final @Nullable Store store;
    private final Executor threads;
    private final Map<PluginId, Quarantine> found = new LinkedHashMap<>();
    /** What is yet to be written; empty values are to be removed. */
    private final Map<PluginId, Optional<Quarantine>> changes = new HashMap<>();

    private final Map<PluginId, String> foundSuspended = new LinkedHashMap<>();
    private final Map<PluginId, Optional<String>> suspensions = new HashMap<>();
    private boolean failed;

    private QuarantineStore(@Nullable Store store, Executor threads) {
        this.store = store;
        this.threads = threads;
    }

    /** For a node of which nothing outlives it. */
    public static QuarantineStore nowhere() {
        return new QuarantineStore(null, Runnable::run);
    }

    /** What was stored in {@code store}, and what is to be from now on. What can't be read is told of in the log and passed over. Blocks. */
    public static QuarantineStore keptIn(Store store, Executor threads) {
        QuarantineStore kept = new QuarantineStore(store, threads);
        store.scan(TABLE, "").forEach((id, bytes) -> {
            try {
                kept.found.put(new PluginId(id), Quarantine.fromStored(new JsonObject(Buffer.buffer(bytes))));
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} That plugin '{}' was quarantined can't be read ({}); it may start. Stop it if it should not.",
                        NOT_KEPT,
                        id,
                        e.toString());
            }
        });
        store.scan(SUSPENDED, "").forEach((id, why) -> {
            if (PluginId.isValid(id)) {
                kept.foundSuspended.put(new PluginId(id), new String(why, StandardCharsets.UTF_8));
            }
        });
        return kept;
    }

    /** Who was suspended for its memory when the node ended, and why. */
    Map<PluginId, String> foundSuspended() {
        return Map.copyOf(foundSuspended);
    }

    void keepSuspended(PluginId id, String why) {
        changeSuspended(id, Optional.of(why));
    }

    void forgetSuspended(PluginId id) {
        changeSuspended(id, Optional.empty());
    }

    private void changeSuspended(PluginId id, Optional<String> now) {
        if (store != null) {
            synchronized (changes) {
                suspensions.put(id, now);
            }
            writeBehind();
        }
    }

    /** What was there when the node started. */
    Map<PluginId, Quarantine> found() {
        return Map.copyOf(found);
    }

    void keep(PluginId id, Quarantine quarantine) {
        change(id, Optional.of(quarantine));
    }

    void forget(PluginId id) {
        change(id, Optional.empty());
    }

    private void change(PluginId id, Optional<Quarantine> now) {
        if (store == null) {
            return;
        }
        synchronized (changes) {
            changes.put(id, now);
        }
        writeBehind();
    }

    private void writeBehind() {
        try {
            threads.execute(this::write);
        } catch (RejectedExecutionException e) {
            LOG.debug("The kernel is closing; what it does last is to write what changed", e);
        } catch (OutOfMemoryError noThread) {
            // It is written at the next check; what goes on meanwhile must not depend on that.
            LOG.debug("No thread is to be had for storing: {}", noThread.toString());
        }
    }

    /** Try again what could not be written. */
    public void storeAgain() {
        boolean waiting;
        synchronized (changes) {
            waiting = !changes.isEmpty() || !suspensions.isEmpty();
        }
        if (waiting) {
            writeBehind();
        }
    }

    /** One after the other, so that what is newest is what stays. */
    private synchronized void write() {
        Store into = store;
        Map<PluginId, Optional<Quarantine>> taken;
        Map<PluginId, Optional<String>> suspended;
        synchronized (changes) {
            taken = Map.copyOf(changes);
            suspended = Map.copyOf(suspensions);
        }
        if (into == null || (taken.isEmpty() && suspended.isEmpty())) {
            return;
        }
        Batch batch = new Batch();
        taken.forEach((id, now) -> now.ifPresentOrElse(
                quarantine -> batch.put(
                        TABLE, id.value(), quarantine.toStored().toBuffer().getBytes()),
                () -> batch.remove(TABLE, id.value())));
        suspended.forEach((id, now) -> now.ifPresentOrElse(
                why -> batch.put(SUSPENDED, id.value(), why.getBytes(StandardCharsets.UTF_8)),
                () -> batch.remove(SUSPENDED, id.value())));
        try {
            into.write(batch);
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.error(
                        "{} What plugins are quarantined could not be stored and is tried again each second; if the node is restarted now, they start: {}",
                        NOT_KEPT,
                        e.getMessage());
            }
            failed = true;
            return;
        }
        failed = false;
        synchronized (changes) {
            taken.forEach(changes::remove);
            suspended.forEach(suspensions::remove);
        }
    }

    /** Write what is to be written. Blocks. */
    @Override
    public void close() {
        write();
    }
}
