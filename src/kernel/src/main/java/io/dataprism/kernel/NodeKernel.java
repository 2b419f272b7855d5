package io.dataprism.kernel;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Channels;
import io.dataprism.api.Events;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.Tables;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditLog;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.desired.Reconciler;
import io.dataprism.kernel.lifecycle.Lifecycle;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.Lag;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.resolve.Explanation;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.PluginUse;
import io.dataprism.kernel.vertx.CloseHook;
import io.dataprism.kernel.vertx.Stirred;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kernel of one node, put together of its {@link KernelParts}. Safe to use from any thread. */
final class NodeKernel implements Kernel {
    /** How long the host's event bus may take to forget the kernel's addresses. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final String CHECK = "kernel.check";
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

    private final KernelOptions options;
    private final KernelParts parts;
    private final Lifecycle lifecycle;
    private final Reconciler reconciler;
    private final HostContext host;
    private final HostTables tables;
    private final NodeMessages messages;
    private final MessageDesk messageDesk;
    private final Foreigners foreigners;
    private final Stirred.Reader stirred;
    private final NodeResources resources;
    private final NodeChecks checks;
    private final ControlDesk control;
    private final ControlAddresses addresses;
    private final CloseHook hook;
    private @Nullable Future<Void> closed;

    private NodeKernel(KernelParts parts, CloseHook hook) {
        this.parts = parts;
        this.options = parts.options();
        this.lifecycle = parts.lifecycle();
        this.host = new HostContext(parts.vertx());
        this.tables = new HostTables(this, parts, host);
        this.reconciler = new Reconciler(new DesiredOperations(parts), patience(options));
        this.messages = new NodeMessages(parts.vertx(), parts.messaging(), parts.host());
        this.messageDesk = new MessageDesk(parts.vertx(), parts.messaging());
        this.foreigners = new Foreigners(parts.messaging(), parts.host().events());
        this.stirred = parts.deployer().stirred().reader();
        this.resources = new NodeResources(parts);
        this.checks = checks();
        this.control = new ControlDesk(this, parts, reconciler, messageDesk, foreigners, checks, resources);
        this.addresses = new ControlAddresses(parts, control);
        this.hook = hook;
        lifecycle.every(options.checkEvery(), checks::check);
        lifecycle.every(options.reconcileEvery(), reconciler::reconcile);
    }

    /** How long what comes over the network keeps the rest of a configuration waiting. */
    private static Duration patience(KernelOptions options) {
        Duration often = options.reconcileEvery();
        return often.compareTo(MOST_PATIENCE) < 0 ? often.multipliedBy(2) : MOST_PATIENCE;
    }

    /** A kernel that closes before its Vertx does, also where that begins while the kernel is being made. */
    static Future<Kernel> on(Vertx vertx, KernelOptions options) {
        Promise<Kernel> made = Promise.promise();
        return CloseHook.on(vertx, () -> ended(made.future()))
                .recover(late -> Future.failedFuture(tooLate(options, late)))
                .compose(hook -> KernelParts.open(vertx, options)
                        .compose(parts -> of(parts, hook))
                        .onFailure(cause -> hook.remove()))
                .onComplete(made);
    }

    /** The parts are closed again where they are not to be a kernel's. */
    private static Future<Kernel> of(KernelParts parts, CloseHook hook) {
        return Future.succeededFuture(parts)
                .<Kernel>map(opened -> new NodeKernel(opened, hook))
                .recover(cause -> parts.lifecycle()
                        .close(GRACE)
                        .transform(ended -> parts.close())
                        .transform(closed -> Future.failedFuture(cause)));
    }

    private static Future<Void> ended(Future<Kernel> made) {
        return made.transform(kernel -> kernel.succeeded()
                ? kernel.result().close(kernel.result().options().closeWithin())
                : Future.succeededFuture());
    }

    private static PluginException tooLate(KernelOptions options, Throwable cause) {
        return new PluginException(
                "DP-0806",
                "Kernel '" + options.node()
                        + "' can't be made: its Vertx is closing, or closed. Make it on another one.",
                cause);
    }

    private NodeChecks checks() {
        return new NodeChecks()
                .alsoTelling("processes of plugins", parts.enclosure()::trouble)
                .alsoTelling("audit log", () -> parts.auditLog().flatMap(AuditLog::trouble))
                .with("lag", this::tellLag)
                .with("grants that end", parts.gate().grants()::expire)
                .with("grants to be stored", parts.gate().grants()::storeAgain)
                .with("quarantines to be stored", parts.quarantines()::storeAgain)
                .with("what is used", resources::check)
                .with("what plugins retain", lifecycle::checkMemory)
                .with("watches of messages", messageDesk::check)
                .with("addresses that host code took", foreigners::check)
                .with("plugins", () -> lifecycle.check().onSuccess(this::tellCheck));
    }

    /** Each second, so that it costs nothing where nobody hears it. */
    private void tellCheck(JsonObject seen) {
        if (parts.messaging().isHeard(CHECK)) {
            parts.host().events().publish(CHECK, seen);
        }
    }

    private void tellLag() {
        parts.messaging()
                .lagChanges(stirred.take())
                .forEach(lag -> parts.host().events().publish(topic(lag), lag.toJson()));
    }

    /** What a user is called need not be a word of a topic. */
    private static String topic(Lag lag) {
        return lag.isOfPlugin() ? "plugin." + lag.who().name() + ".lag" : "kernel.lag";
    }

    @Override
    public String node() {
        return options.node();
    }

    @Override
    public KernelOptions options() {
        return options;
    }

    @Override
    public Future<PluginInfo> install(ArtifactSource source) {
        return host.deliver(parts.install(source).map(record -> require(record.id())));
    }

    private PluginInfo require(PluginId id) {
        return lifecycle.plugin(id).orElseGet(() -> {
            throw new PluginException(
                    "DP-0201", "Plugin '" + id + "' was removed while it was installed. Install it again.");
        });
    }

    private PluginId known(String plugin) {
        return parts.registry().require(plugin).id();
    }

    /** An operation on a plugin, or the failure to find it. */
    private <T> Future<T> on(String plugin, Function<PluginId, Future<T>> operation) {
        return host.deliver(Future.succeededFuture().compose(go -> operation.apply(known(plugin))));
    }

    @Override
    public Future<PluginInfo> load(String plugin, LoadOptions load) {
        return on(plugin, id -> load(id, load));
    }

    @Override
    public Future<PluginInfo> load(ArtifactSource source, LoadOptions load) {
        return host.deliver(parts.install(source).compose(record -> load(record.id(), load)));
    }

    private Future<PluginInfo> load(PluginId id, LoadOptions load) {
        load.grants()
                .forEach(rule -> grants().giveAnew(
                                Caller.plugin(id), PermissionRule.parse(rule), "host", "given when it was loaded"));
        return lifecycle.load(id, load);
    }

    @Override
    public Future<PluginInfo> suspend(String plugin) {
        return on(plugin, id -> lifecycle.suspend(id, suspendedBy(Caller.HOST)));
    }

    @Override
    public Future<PluginInfo> resume(String plugin) {
        return on(plugin, lifecycle::resume);
    }

    /** For {@link Lifecycle#suspend}. */
    static String suspendedBy(Caller who) {
        return "It was suspended by the " + who + ".";
    }

    @Override
    public Future<PluginInfo> release(String plugin) {
        return on(plugin, id -> lifecycle.release(id, Caller.HOST.toString()));
    }

    @Override
    public Future<PluginInfo> stop(String plugin) {
        return on(plugin, lifecycle::stop);
    }

    @Override
    public Future<PluginInfo> reload(String plugin) {
        return on(plugin, id -> lifecycle.reload(id, Optional.empty(), Optional.empty()));
    }

    @Override
    public Future<PluginInfo> reload(String plugin, ArtifactSource source) {
        return on(plugin, id -> parts.replacement().replace(id, source));
    }

    @Override
    public Future<Void> unload(String plugin) {
        return on(plugin, id -> lifecycle.unload(id).mapEmpty());
    }

    @Override
    public Future<Void> remove(String plugin) {
        return on(plugin, lifecycle::remove);
    }

    @Override
    public Future<PluginInfo> configure(String plugin, JsonObject config) {
        return on(plugin, id -> lifecycle.configure(id, config));
    }

    @Override
    public List<PluginInfo> plugins() {
        return lifecycle.plugins();
    }

    @Override
    public Optional<PluginInfo> plugin(String id) {
        return PluginId.isValid(id) ? lifecycle.plugin(new PluginId(id)) : Optional.empty();
    }

    @Override
    public Future<Explanation> why(String plugin) {
        return on(plugin, lifecycle::why);
    }

    @Override
    public <T> Future<T> call(String plugin, String capability, @Nullable Object request, CallOptions call) {
        return host.deliver(parts.host().calls().call(plugin, capability, request, call));
    }

    @Override
    public <T> Future<StreamReader<T>> stream(
            String plugin, String capability, @Nullable Object request, StreamOptions options) {
        return host.deliver(parts.host().calls().<T>stream(plugin, capability, request, options)
                .map(stream -> new HostStream<>(host, stream)));
    }

    @Override
    public Events events() {
        return parts.host().events();
    }

    @Override
    public Channels channels() {
        return parts.host().channels();
    }

    @Override
    public Tables tables() {
        return tables;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Endpoint endpoint(Caller caller) {
        return parts.messaging().endpoint(caller);
    }

    @Override
    public void remoteTrust(RemoteTrust trust) {
        parts.messaging().remoteTrust(trust);
    }

    @Override
    public long totalMemoryUsage() {
        return parts.resources().accounts().total();
    }

    @Override
    public List<PluginUse> resources() {
        return parts.resources().used();
    }

    @Override
    public Future<Void> allow(String plugin, Allowance allowance) {
        return host.deliver(Future.succeededFuture().compose(go -> lifecycle.allow(new PluginId(plugin), allowance)));
    }

    @Override
    public List<MetricSample> metrics() {
        return Stream.of(
                        parts.metrics().samples().stream(),
                        parts.messaging().lag().stream().filter(Lag::isOfPlugin).flatMap(LagSamples::of),
                        resources().stream().flatMap(ResourceSamples::of),
                        resources().stream()
                                .flatMap(use -> parts.resources().tally(use.plugin()).stream()
                                        .flatMap(tally -> ResourceSamples.of(use.plugin(), tally))))
                .flatMap(samples -> samples)
                .sorted(MetricSample.ORDER)
                .toList();
    }

    @Override
    public List<Lag> lag() {
        return parts.messaging().lag();
    }

    @Override
    public GrantStore grants() {
        return parts.gate().grants();
    }

    @Override
    public PermissionGate gate() {
        return parts.gate();
    }

    @Override
    public Future<Void> apply(DesiredState desired) {
        String plugins = String.join(
                ", ",
                desired.plugins().stream().map(wanted -> wanted.id().value()).toList());
        audit().changed(AuditEntry.done(Actor.HOST, "desired-state", plugins, "what the node is to run from now on"));
        return host.deliver(reconciler.apply(desired));
    }

    @Override
    public Future<Void> admission(AdmissionOptions policy) {
        return host.deliver(parts.admission(policy));
    }

    @Override
    public AuditTrail audit() {
        return parts.audit();
    }

    @Override
    public KernelControl control() {
        return control;
    }

    @Override
    public List<HostPromise> promises() {
        return HostPromises.of(
                parts.deployer(),
                parts.vertx(),
                options.sandboxed(),
                parts.registry().admission().policy().untrusted(),
                grants().isStored(),
                parts.enclosure());
    }

    @Override
    public Future<Void> close(Duration deadline) {
        return host.deliver(closing(deadline));
    }

    private synchronized Future<Void> closing(Duration deadline) {
        if (closed == null) {
            hook.remove();
            messageDesk.close();
            closed = addresses
                    .close()
                    .timeout(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .transform(any -> lifecycle.close(deadline))
                    .transform(ended -> parts.close().transform(any -> same(ended)));
        }
        return closed;
    }

    private static <T> Future<T> same(AsyncResult<T> result) {
        return result.succeeded() ? Future.succeededFuture(result.result()) : Future.failedFuture(result.cause());
    }
}
