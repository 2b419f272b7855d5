package io.dataprism.kernel;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channels;
import io.dataprism.api.Events;
import io.dataprism.kernel.desired.DesiredState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin microkernel on a {@code Vertx} that somebody else owns.
 *
 * <p>Everything done through this object is done by {@link io.dataprism.api.Caller#HOST}. All methods may be called from any thread;
 * futures complete on the caller's Vert.x context. Operations on one plugin are carried out one after the other in the order in
 * which they were asked for, operations on different plugins side by side; repeating one changes nothing.
 *
 * <p>Every failure is a {@link io.dataprism.api.PluginException} with a stable code.
 */
public interface Kernel {

    /** The node's name. */
    String node();

    /** The options it was made with. */
    KernelOptions options();

    /**
     * Call {@code capability} of {@code plugin}. A plugin that is activated by calls is started first, and this call waits for it.
     *
     * @return the reply; fails with a {@link io.dataprism.api.CallException} whose kind says why
     */
    <T> Future<T> call(String plugin, String capability, @Nullable Object request, CallOptions options);

    /** The same with {@link CallOptions#DEFAULT}. */
    default <T> Future<T> call(String plugin, String capability, @Nullable Object request) {
        return call(plugin, capability, request, CallOptions.DEFAULT);
    }

    /** The host's events. */
    Events events();

    /** The host's channels. */
    Channels channels();

    /**
     * Make what is into what {@code desired} says, now and whenever it is no longer so. Plugins that an earlier desired state
     * asked for and this one does not are removed.
     *
     * @return done once every wanted plugin was brought as far as it comes; a plugin that fails does not fail it, see its error
     */
    Future<Void> apply(DesiredState desired);

    /** The control operations. */
    KernelControl control();

    /** What this kernel offers only on some Vertx and some JVMs, and whether it does here. */
    List<HostPromise> promises();

    /** Set {@code plugin}'s configuration, checked against its schema: it takes it while running, or is restarted. */
    Future<Void> configure(String plugin, JsonObject config);

    /**
     * Stop all plugins in the reverse order of their start and leave nothing on the host's Vertx. After {@code deadline} what has
     * not stopped is cut off. A second call waits for the first.
     */
    Future<Void> close(Duration deadline);
}
