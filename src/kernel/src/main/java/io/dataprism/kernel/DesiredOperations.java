package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.desired.Operations;
import io.dataprism.kernel.desired.WantedPlugin;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.permission.GrantCommands;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Carries out the steps of plans on a kernel. */
final class DesiredOperations implements Operations {
    private static final String REFUSED_CONFIGURATION = "DP-0825";

    private final KernelParts parts;
    /** The artifacts that the configuration names, as they were installed last. */
    private final Map<PluginId, Replacement.Brought> brought = new ConcurrentHashMap<>();

    DesiredOperations(KernelParts parts) {
        this.parts = parts;
    }

    @Override
    public Future<Void> install(WantedPlugin wanted) {
        return Future.succeededFuture()
                .compose(go -> parts.replacement().bring(source(wanted), wanted.id()))
                .compose(artifact -> {
                    brought.put(wanted.id(), artifact);
                    return parts.lifecycle().resolveAgain();
                });
    }

    @Override
    public boolean isFar(WantedPlugin wanted) {
        return !wanted.shipped()
                && wanted.source().filter(ArtifactSource::isFar).isPresent();
    }

    @Override
    public Future<Void> installed() {
        return parts.lifecycle().installedChanged();
    }

    @Override
    public <T> Future<T> together(Supplier<Future<T>> asking) {
        return parts.lifecycle().together(asking);
    }

    private static ArtifactSource source(WantedPlugin wanted) {
        String text = wanted.source().orElseThrow();
        if (wanted.shipped()) {
            return ArtifactSource.shipped(Path.of(text), wanted.sha256());
        }
        return wanted.sha256()
                .map(hash -> ArtifactSource.parse(text, hash))
                .orElseGet(() -> ArtifactSource.parse(text));
    }

    @Override
    public Future<Void> enable(WantedPlugin wanted) {
        // A newer version may have been installed before, or by hand: the artifact that is named is the one that is
        // wanted.
        Optional<String> version = wanted.version()
                .or(() -> wanted.source()
                        .flatMap(named -> Optional.ofNullable(brought.get(wanted.id())))
                        .map(artifact -> artifact.record().version().toString()));
        LoadOptions options = new LoadOptions(Optional.of(wanted.config()), version, List.of());
        return parts.lifecycle().enable(wanted.id(), options).mapEmpty();
    }

    @Override
    public Future<Void> reload(PluginId id, JsonObject config) {
        Replacement.Brought artifact = brought.get(id);
        return artifact == null
                ? parts.lifecycle()
                        .reload(id, Optional.empty(), Optional.of(config))
                        .mapEmpty()
                : parts.replacement().reload(id, artifact, Optional.of(config)).mapEmpty();
    }

    @Override
    public Future<Void> configure(PluginId id, JsonObject config) {
        return parts.lifecycle().configure(id, config).mapEmpty();
    }

    @Override
    public Future<Void> supervise(PluginId id, SupervisionTerms terms) {
        return parts.lifecycle().supervise(id, terms);
    }

    @Override
    public Future<Void> stop(PluginId id) {
        return parts.lifecycle().stop(id).mapEmpty();
    }

    @Override
    public Future<Void> remove(PluginId id) {
        brought.remove(id);
        return parts.lifecycle().remove(id);
    }

    @Override
    public Future<Void> limit(PluginId id, Allowance allowance) {
        return parts.lifecycle().allow(id, allowance);
    }

    @Override
    public void grant(PluginId id, String permission) {
        parts.gate().grants().giveAnew(Caller.plugin(id), PermissionRule.parse(permission), GrantCommands.CONF, "");
    }

    @Override
    public void revoke(PluginId id, String permission) {
        parts.gate().grants().take(Caller.plugin(id), PermissionRule.parse(permission), GrantCommands.CONF);
    }

    /**
     * The life cycle writes each failed start and stop, with all causes, before it tells whoever asked for it, and each configuration that a plugin
     * refused while it ran, which is no failure of the plugin's.
     */
    @Override
    public boolean isLogged(PluginId id, Throwable cause) {
        if (cause instanceof PluginException known && known.code().equals(REFUSED_CONFIGURATION)) {
            return true;
        }
        return parts.lifecycle()
                .plugin(id)
                .flatMap(PluginInfo::failure)
                .filter(failure -> failure.message().equals(cause.getMessage()))
                .isPresent();
    }

    @Override
    public Map<PluginId, PluginState> states() {
        return parts.lifecycle().plugins().stream().collect(Collectors.toMap(PluginInfo::id, PluginInfo::state));
    }
}
