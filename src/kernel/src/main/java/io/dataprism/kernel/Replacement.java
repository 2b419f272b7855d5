package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.lifecycle.Lifecycle;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.lifecycle.UnresolvedException;
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
     * @param before what was installed as the same version until then
     */
    record Brought(PluginRecord record, Optional<PluginRecord> before) {
        boolean isNew() {
            return !before.equals(Optional.of(record));
        }
    }

    /** Fetch, check and keep an artifact that must hold the plugin {@code id}; nobody is told yet. */
    Future<Brought> bring(ArtifactSource source, PluginId id) {
        return HostContext.blocking(threads.bringing(source), () -> {
                    List<PluginRecord> before = registry.versions(id);
                    PluginRecord record = registry.install(source);
                    return new Brought(
                            record,
                            before.stream()
                                    .filter(there -> there.key().equals(record.key()))
                                    .findFirst());
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

    /** Run {@code id} as what {@code source} holds; it is not kept either where it does not fit what is installed. */
    Future<PluginInfo> replace(PluginId id, ArtifactSource source) {
        return bring(source, id)
                .compose(brought -> lifecycle
                        .reload(id, Optional.of(brought.record()), Optional.empty())
                        .recover(cause -> isTakenBack(cause) || cause instanceof UnresolvedException
                                ? takeBack(brought, cause)
                                : Future.failedFuture(cause))
                        .transform(this::told));
    }

    /** Run {@code id} as what was brought; where that does not fit yet it stays installed, until it does. */
    Future<PluginInfo> reload(PluginId id, Brought brought, Optional<JsonObject> config) {
        return lifecycle
                .reload(id, Optional.of(brought.record()), config)
                .recover(cause -> isTakenBack(cause) ? takeBack(brought, cause) : Future.failedFuture(cause))
                .transform(this::told);
    }

    private static boolean isTakenBack(Throwable cause) {
        return cause instanceof PluginException known && known.code().equals("DP-0824");
    }

    private Future<PluginInfo> takeBack(Brought brought, Throwable cause) {
        return (brought.isNew() ? lifecycle.keepsTo(brought.record()) : Future.succeededFuture(true))
                // Somebody may have had more luck with it meanwhile.
                .compose(keeps -> keeps
                        ? Future.succeededFuture(true)
                        : HostContext.blocking(threads, () -> registry.takeBack(brought.record(), brought.before())))
                .transform(any -> Future.failedFuture(cause));
    }

    private Future<PluginInfo> told(AsyncResult<PluginInfo> result) {
        return lifecycle.installedChanged().transform(any -> same(result));
    }

    private static <T> Future<T> same(AsyncResult<T> result) {
        return result.succeeded() ? Future.succeededFuture(result.result()) : Future.failedFuture(result.cause());
    }
}
