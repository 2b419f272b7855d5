package io.dataprism.kernel;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Channels;
import io.dataprism.api.Events;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.Tables;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.Lag;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.resolve.Explanation;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.PluginUse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /**
     * A kernel on {@code vertx}, which stays the caller's: closing the kernel leaves nothing on it, closing the Vertx closes the kernel
     * first.
     *
     * @return fails with {@code DP-0407} where another kernel on this Vertx has the same address prefix, and with {@code DP-0807} where another
     *     kernel uses the data folder, with {@code DP-0806} where the Vertx is closing
     */
    static Future<Kernel> create(Vertx vertx, KernelOptions options) {
        return NodeKernel.on(vertx, options);
    }

    /** The node's name. */
    String node();

    /** The options it was made with. */
    KernelOptions options();

    /**
     * Fetch an artifact, check it and keep it. Nothing of it is run. An artifact that is installed already is answered as it is.
     *
     * @return the plugin that it holds; fails with a {@link io.dataprism.kernel.manifest.ManifestException} that lists everything wrong with it
     */
    Future<PluginInfo> install(ArtifactSource source);

    /**
     * Bring a plugin to {@code running}, and first what it depends on. One that runs already is left alone, unless {@code options} say
     * another configuration.
     *
     * @return the running plugin; fails where it can't be resolved or a step of its start failed, which {@link #plugin} keeps telling. A plugin
     *     that only lacks something starts by itself when that appears
     */
    Future<PluginInfo> load(String plugin, LoadOptions options);

    /** The same with {@link LoadOptions#DEFAULT}. */
    default Future<PluginInfo> load(String plugin) {
        return load(plugin, LoadOptions.DEFAULT);
    }

    /**
     * Install an artifact and load the plugin in it.
     */
    default Future<PluginInfo> load(ArtifactSource source, LoadOptions options) {
        return install(source).compose(installed -> load(installed.id().value(), options));
    }

    /** Start a plugin that was stopped, with the configuration it had. */
    default Future<PluginInfo> start(String plugin) {
        return load(plugin);
    }

    /**
     * Stop a plugin, and first what depends on it. Calls under way are finished, up to a deadline. It stays stopped until it is started
     * again; what depended on it waits for it.
     *
     * @return fails with the cause where the plugin's {@code stop} or {@code destroy} failed; everything it held was taken back all the same
     */
    Future<PluginInfo> stop(String plugin);

    /**
     * Suspend a plugin that runs: none of its slices and blocking work begins any more, what comes for it waits in its mailbox as far as there is room, and
     * calls of it fail with {@code NOT_RUNNING}. It stays so, also over restarts by itself, until it is resumed, stopped, reloaded or configured.
     *
     * @return fails with {@code DP-0667} where it does not run
     */
    Future<PluginInfo> suspend(String plugin);

    /** Let a suspended plugin go on with what waits for it. */
    Future<PluginInfo> resume(String plugin);

    /**
     * End a plugin's quarantine: it may start again, and does where it is wanted. Only whoever runs the node should say so, once what it failed with is
     * mended.
     *
     * @return the plugin, running where it is wanted and could be started; fails with {@code DP-0661} where it is not quarantined
     */
    Future<PluginInfo> release(String plugin);

    /** Stop and start a plugin, with what depends on it. */
    Future<PluginInfo> reload(String plugin);

    /** Replace a plugin by another artifact of it. Where the new one fails to start, the old one comes back and the future fails. */
    Future<PluginInfo> reload(String plugin, ArtifactSource source);

    /** Stop a plugin and forget its configuration; its artifact stays installed. */
    Future<Void> unload(String plugin);

    /** Unload a plugin and delete all installed versions of its artifact. */
    Future<Void> remove(String plugin);

    /** Set a plugin's configuration, checked against its schema: it takes it while running, or is restarted. */
    Future<PluginInfo> configure(String plugin, JsonObject config);

    /** All installed plugins, by id. */
    List<PluginInfo> plugins();

    /** One installed plugin. */
    Optional<PluginInfo> plugin(String id);

    /**
     * Who asked for a plugin, or why it can't run.
     *
     * @return fails with a {@link io.dataprism.kernel.registry.PluginNotFoundException} where it is not installed
     */
    Future<Explanation> why(String plugin);

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

    /**
     * Call a capability that answers with a stream, and read that.
     *
     * @return the reader, once the handler has answered; fails with a {@link io.dataprism.api.CallException} whose kind says why
     */
    <T> Future<StreamReader<T>> stream(
            String plugin, String capability, @Nullable Object request, StreamOptions options);

    /** The host's events. */
    Events events();

    /** The host's channels. */
    Channels channels();

    /**
     * Tables by handle, kept by whichever plugin provides {@link io.dataprism.api.TableService}; its owner is the host. Release what was made here:
     * otherwise it ends with its lease.
     */
    Tables tables();

    /** The messages of this node: seen live, and dead letters. */
    Messages messages();

    /** A place in the messaging for {@code caller}, on the calling Vert.x context; to be closed by who asked for it. */
    Endpoint endpoint(Caller caller);

    /** Who decides whom messages from other nodes of a cluster speak for; at first nobody is trusted, and all of them are refused. */
    void remoteTrust(RemoteTrust trust);

    /** The metrics of all running plugins as they are now, by plugin and name; those that the kernel keeps of them begin with {@code kernel:}. */
    List<MetricSample> metrics();

    /**
     * What waits for each plugin that is up, and for each endpoint of the host, the operator and the bridge's users that receives anything; what it
     * refused and dropped, and how long the oldest message has waited. Plugins first, by id.
     */
    List<Lag> lag();

    /** Bytes that the memory accounts of all plugins hold together, of {@link ResourceOptions#totalMemoryLimit}. */
    long totalMemoryUsage();

    /** What each plugin uses that was loaded and not unloaded since, by id. */
    List<PluginUse> resources();

    /**
     * Let a plugin use more or less than the node lets each, from now on, whatever its manifest asks for; also one that is not installed yet. {@link
     * Allowance#NONE} takes it back, and so does the plugin's removal.
     */
    Future<Void> allow(String plugin, Allowance allowance);

    /** What was granted to whom. */
    GrantStore grants();

    /** What everybody is asked through. */
    PermissionGate gate();

    /**
     * Judge artifacts by another policy from now on, in place of the one in {@link #options}. What runs and is blocked by it is stopped, which the event
     * {@code plugin.<id>.blocked} and the audit log tell; another version that is not takes its place where one is installed. What waited only since it was
     * blocked starts. What is installed stays installed.
     *
     * @return done once the policy is in force; what has to stop does so behind that
     */
    Future<Void> admission(AdmissionOptions policy);

    /**
     * Make what is into what {@code desired} says, now and whenever it is no longer so. Plugins that an earlier desired state
     * asked for and this one does not are removed.
     *
     * @return done once every wanted plugin was brought as far as it comes; a plugin that fails does not fail it, see its error
     */
    Future<Void> apply(DesiredState desired);

    /**
     * Where the host tells what it did or refused, to stand in the node's audit log beside what the kernel tells. Keeps nothing where the data folder is a
     * temporary one.
     */
    AuditTrail audit();

    /** The control operations. */
    KernelControl control();

    /** What this kernel offers only on some Vertx and some JVMs, and whether it does here. */
    List<HostPromise> promises();

    /**
     * Stop all plugins in the reverse order of their start and leave nothing on the host's Vertx. After {@code deadline} what has
     * not stopped is cut off. A second call waits for the first.
     *
     * @return completes a few seconds after the deadline at the latest; fails with {@code DP-0833} where a plugin could not be ended,
     *     which names it and what it was doing. The kernel is closed in any case
     */
    Future<Void> close(Duration deadline);
}
