package io.dataprism.kernel.desired;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;

/** What a {@link Reconciler} does things with. Each operation may be repeated without harm. */
public interface Operations {

    /** Fetch and keep the artifact of {@code wanted}, which must hold the plugin it names; nothing starts for it before {@link #installed}. */
    Future<Void> install(WantedPlugin wanted);

    /** Whether its artifact comes over a network, which may take long. */
    boolean isFar(WantedPlugin wanted);

    /** What was installed may start what waits for it. */
    Future<Void> installed();

    /** Carry {@code asking} out so that no plugin takes a step before all of it was asked for. */
    <T> Future<T> together(Supplier<Future<T>> asking);

    Future<Void> enable(WantedPlugin wanted);

    /** Replace what runs by the newest version installed. */
    Future<Void> reload(PluginId id, JsonObject config);

    Future<Void> configure(PluginId id, JsonObject config);

    /** Have {@code terms} as what is said here about its supervision, in place of what was said before. */
    Future<Void> supervise(PluginId id, SupervisionTerms terms);

    Future<Void> stop(PluginId id);

    Future<Void> remove(PluginId id);

    Future<Void> limit(PluginId id, Allowance allowance);

    void grant(PluginId id, String permission);

    void revoke(PluginId id, String permission);

    /** Whether the log has {@code cause} already, as what {@code id} failed with when it came up or went down. */
    boolean isLogged(PluginId id, Throwable cause);

    /** The states of the installed plugins. */
    Map<PluginId, PluginState> states();
}
