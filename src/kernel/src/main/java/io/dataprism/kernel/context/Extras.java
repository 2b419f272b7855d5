package io.dataprism.kernel.context;

import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's context offers beyond messages, log and timers. Most plugins use little of it, and thousands of them must not pay for it: it is made
 * when the first of it is asked for.
 */
final class Extras {
    private final PluginRuntime runtime;
    private final PluginTasks tasks;
    private final OwnMemory memory;
    private final PluginPermissions permissions;
    private final PluginTables tables;
    private final PluginHttp http;
    private final PluginDatabases databases;
    private final BlockingWork blocking;
    private final PluginCache cache;
    private final PluginMetrics metrics;
    private final GrantedFiles files;
    /** Not one of the objects that the plugin has, which could hold its monitor for ever. */
    private final Object lock = new Object();

    private @Nullable KeptStorage storage;
    private boolean closed;

    Extras(PluginRuntime runtime) {
        this.runtime = runtime;
        this.tasks = new PluginTasks(runtime);
        this.memory = new OwnMemory(runtime.memory(), runtime.deployment()::execute);
        this.permissions = new PluginPermissions(runtime);
        this.tables = new PluginTables(runtime);
        this.blocking = new BlockingWork(runtime);
        WriteQuota quota = new WriteQuota(runtime.id(), runtime.maxWritten());
        this.http = new PluginHttp(runtime, blocking, quota);
        this.databases = new PluginDatabases(runtime, NameLookup.on(blocking));
        this.cache = new PluginCache(runtime);
        this.metrics = new PluginMetrics(runtime);
        this.files = new GrantedFiles(runtime, blocking, quota);
        runtime.metrics().add(metrics);
    }

    /** Whether work of the plugin goes on outside its slices: a task, blocking work, a request, a statement, something on its storage. */
    boolean isWorking() {
        return blocking.isUnderWay() || http.isUnderWay() || databases.isUnderWay() || !tasks.isEmpty() || isStoring();
    }

    private boolean isStoring() {
        KeptStorage made;
        synchronized (lock) {
            made = storage;
        }
        return made != null && made.isUnderWay();
    }

    /** End tasks, forget cache and metrics, and let every later use fail; complete once nothing is done on its storage any more. */
    Future<Void> close() {
        tasks.close();
        http.close();
        databases.close();
        cache.close();
        runtime.metrics().remove(metrics);
        metrics.close();
        KeptStorage made;
        synchronized (lock) {
            closed = true;
            made = storage;
        }
        return made == null ? Future.succeededFuture() : made.close();
    }

    /** Lent when it is first asked for; after {@link #close} there is none any more. */
    Optional<KeptStorage> storage() {
        synchronized (lock) {
            if (storage == null && !closed) {
                storage = new KeptStorage(runtime);
            }
            return Optional.ofNullable(storage);
        }
    }

    PluginTasks tasks() {
        return tasks;
    }

    OwnMemory memory() {
        return memory;
    }

    PluginPermissions permissions() {
        return permissions;
    }

    PluginTables tables() {
        return tables;
    }

    PluginHttp http() {
        return http;
    }

    PluginDatabases databases() {
        return databases;
    }

    BlockingWork blocking() {
        return blocking;
    }

    PluginCache cache() {
        return cache;
    }

    PluginMetrics metrics() {
        return metrics;
    }

    GrantedFiles files() {
        return files;
    }
}
