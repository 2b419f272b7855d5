package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.lifecycle.Lifecycle;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Puts another artifact in a plugin's place. One that came for that, did not start, and gave way to the one before is not kept: as the
 * newest it would be started again, and fail again, at the next occasion. Safe to use from any thread.
 */
final class Replacement {
    private final KernelThreads threads;
    private final PluginRegistry registry;
    private final Lifecycle lifecycle;

    Replacement(KernelThreads threads, PluginRegistry registry, Lifecycle lifecycle) {
        this.threads = threads;
        this.registry = registry;
        this.lifecycle = lifecycle;
    }

    /**
     * What an installation brought.
     *
     * @param fresh whether that version was not installed before
     */
    record Brought(PluginRecord record, boolean fresh) {}

    /** Fetch, check and keep an artifact that must hold the plugin {@code id}; nobody is told yet. */
    Future<Brought> bring(ArtifactSource source, PluginId id) {
        return HostContext.blocking(threads, () -> {
                    List<PluginRecord> before = registry.versions(id);
                    PluginRecord record = registry.install(source);
                    return new Brought(
                            record,
                            before.stream().noneMatch(there -> there.key().equals(record.key())));
                })
                .compose(brought -> brought.record().id().equals(id)
                        ? Future.succeededFuture(brought)
                        : Future.failedFuture(another(source, brought.record().id(), id)));
    }

    private static PluginException another(ArtifactSource source, PluginId found, PluginId expected) {
        return new PluginException(
                "DP-0832",
                "The artifact " + source + " holds plugin '" + found + "', but '" + expected + "' was expected."
                        + " Name the artifact of '" + expected + "'.");
    }

    /** Run {@code id} as what was brought. */
    Future<PluginInfo> reload(PluginId id, Brought brought, Optional<JsonObject> config) {
        return lifecycle
                .reload(id, Optional.of(brought.record()), config)
                .recover(cause -> takeBack(brought, cause))
                .transform(result -> lifecycle.installedChanged().transform(any -> same(result)));
    }

    private Future<PluginInfo> takeBack(Brought brought, Throwable cause) {
        boolean rolledBack =
                cause instanceof PluginException known && known.code().equals("DP-0824");
        if (!rolledBack || !brought.fresh() || runs(brought.record())) {
            return Future.failedFuture(cause);
        }
        return HostContext.blocking(
                        threads, () -> registry.remove(brought.record().key()))
                .transform(any -> Future.failedFuture(cause));
    }

    /** Whether somebody had more luck with it meanwhile. */
    private boolean runs(PluginRecord record) {
        return lifecycle
                .plugin(record.id())
                .filter(info -> info.manifest().key().equals(record.key()))
                .isPresent();
    }

    private static <T> Future<T> same(AsyncResult<T> result) {
        return result.succeeded() ? Future.succeededFuture(result.result()) : Future.failedFuture(result.cause());
    }
}
