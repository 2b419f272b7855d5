package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Events;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.Activator;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resolve.Explanation;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The life of all plugins of a node. Safe to use from any thread; futures complete on the lifecycle thread, which a callback must not
 * block.
 */
public final class Lifecycle {
    private final LifecycleThread thread;
    private final PluginRegistry registry;
    private final Hosting hosting;
    private final Slots slots;
    private final Vouching vouching;
    private final Engine engine;
    private final Activation activation;
    private final DeadlockWatch deadlocks;
    private final Profiler profiler;
    private final Journal journal;
    private final Map<PluginId, PluginInfo> snapshots = new ConcurrentHashMap<>();

    /**
     * @param registry what is installed
     * @param hosting what plugins share
     * @param events where transitions are published
     */
    public Lifecycle(PluginRegistry registry, Hosting hosting, Events events) {
        this.registry = registry;
        this.hosting = hosting;
        this.thread = new LifecycleThread(hosting.node());
        this.slots = new Slots(registry);
        this.vouching = new Vouching(registry, hosting.gate().grants(), hosting.sandboxed());
        this.journal = new Journal(events, this::publish, hosting.gate().trail());
        this.engine = new Engine(
                thread, slots, hosting, new Leave(hosting.gate().grants(), vouching), journal, this::publish);
        this.activation = new Activation(thread, slots, engine, this);
        this.profiler = new Profiler(hosting.node(), hosting.deployer()::running);
        this.deadlocks = new DeadlockWatch(
                hosting.node(),
                hosting.deployer()::running,
                journal::deadlock,
                lasting -> thread.execute(() -> engine.fence(lasting)));
    }

    private Optional<PluginInfo> publish(PluginSlot slot) {
        Optional<PluginInfo> info = describe(slot);
        info.ifPresentOrElse(now -> snapshots.put(slot.id, now), () -> snapshots.remove(slot.id));
        return info;
    }

    private Optional<PluginInfo> describe(PluginSlot slot) {
        return slots.current(slot)
                .map(record -> new PluginInfo(
                        record.manifest(),
                        slot.state,
                        slot.since,
                        Optional.ofNullable(slot.failure),
                        Optional.ofNullable(slot.blocked).map(Throwable::getMessage),
                        Optional.ofNullable(slot.reason),
                        slot.hosted == null
                                ? Set.of()
                                : Set.copyOf(slot.hosted.providers().stream()
                                        .map(HostedPlugin::id)
                                        .toList()),
                        hosting.curtailed(record.manifest()),
                        engine.supervised(slot)));
    }

    /** Quarantine again what was when the node ended; to be called before anything else is asked. */
    public void restore() {
        thread.execute(engine::restore);
    }

    /** Bring a plugin to running. */
    public Future<PluginInfo> load(PluginId id, LoadOptions options) {
        return submit(id, () -> new Request.Up(options));
    }

    /** Be ready to start a plugin when it is needed, or start it where its manifest says so. */
    public Future<PluginInfo> enable(PluginId id, LoadOptions options) {
        return submit(
                id,
                () -> isLazy(registry.require(id.value()).manifest())
                        ? new Request.Arm(options)
                        : new Request.Up(options));
    }

    static boolean isLazy(PluginManifest manifest) {
        return !manifest.activation().onStart();
    }

    public Future<PluginInfo> stop(PluginId id) {
        return submit(id, Request.Down::new);
    }

    /** Stop and start a plugin, perhaps as another artifact or with another configuration. */
    public Future<PluginInfo> reload(PluginId id, Optional<PluginRecord> artifact, Optional<JsonObject> config) {
        Future<PluginInfo> reloaded = submit(id, () -> new Request.Reload(artifact, config));
        return config.map(given -> told(id, given, reloaded)).orElse(reloaded);
    }

    /**
     * Give a plugin no more slices until it is resumed; it stays loaded, what comes for it waits, and calls of it fail.
     *
     * @param why shown to whoever asks
     * @return fails with {@code DP-0667} where it does not run
     */
    public Future<PluginInfo> suspend(PluginId id, String why) {
        return submit(id, () -> new Request.Suspend(why));
    }

    /** Let a suspended plugin go on; fails with {@code DP-0667} where it is not suspended. */
    public Future<PluginInfo> resume(PluginId id) {
        return submit(id, Request.Resume::new);
    }

    /**
     * End a quarantine: the plugin may start again, and does where it is wanted.
     *
     * @param by who says so
     * @return fails with {@code DP-0661} where it is not quarantined
     */
    public Future<PluginInfo> release(PluginId id, String by) {
        return submit(id, () -> new Request.Release(by));
    }

    /** What the operator says about a plugin's supervision from now on, in place of what was said before. */
    public Future<Void> supervise(PluginId id, SupervisionTerms terms) {
        return thread.call(() -> {
            PluginSlot slot = slots.of(id);
            slot.terms = terms;
            engine.show(slot);
            return Future.succeededFuture();
        });
    }

    public Future<PluginInfo> unload(PluginId id) {
        return submit(id, Request.Unload::new);
    }

    /** Stop a plugin and delete all its versions. What is asked of it behind that finds nothing. */
    public Future<Void> remove(PluginId id) {
        return submit(id, Request.Remove::new).compose(any -> installedChanged());
    }

    public Future<PluginInfo> configure(PluginId id, JsonObject config) {
        return told(id, config, submit(id, () -> new Request.Configure(config.copy())));
    }

    /** The audit gets the names of what was configured, and no values: they may be secrets. */
    private Future<PluginInfo> told(PluginId id, JsonObject config, Future<PluginInfo> configured) {
        String names = "with " + String.join(", ", config.fieldNames());
        return configured
                .onSuccess(info -> hosting.gate()
                        .trail()
                        .changed(AuditEntry.done(Actor.KERNEL, "plugin-configured", "plugin:" + id, names)))
                .onFailure(cause -> hosting.gate()
                        .trail()
                        .changed(AuditEntry.failed(
                                Actor.KERNEL,
                                "plugin-configured",
                                "plugin:" + id,
                                names + "; " + AuditEntry.code(cause))));
    }

    private Future<PluginInfo> submit(PluginId id, Supplier<Request> request) {
        return thread.call(() -> {
            registry.require(id.value());
            return engine.submit(slots.of(id), request.get());
        });
    }

    /**
     * The registry has more, or less: what waited for that may go on, and what is started when needed can be.
     *
     * @return completes once that is so: an event published after an installation reaches a plugin that it starts
     */
    public Future<Void> installedChanged() {
        return thread.call(() -> {
            touchChanged();
            return thread.call(Future::succeededFuture);
        });
    }

    /**
     * What may run is another thing from now on: what runs and may not is stopped, and another version of it started where there is one; what waited for
     * leave to run goes on.
     *
     * @return the plugins that had to be stopped, with why; completes before they are down
     */
    public Future<Map<PluginId, PluginException>> admissionChanged() {
        return thread.call(() -> {
            slots.learnAll();
            Map<PluginId, PluginException> stopped = new TreeMap<>();
            for (PluginSlot slot : slots.all()) {
                HostedPlugin hosted = slot.hosted;
                if (hosted != null) {
                    barred(hosted).ifPresent(why -> stopped.put(slot.id, why));
                }
            }
            stopped.keySet()
                    .forEach(id -> engine.submit(slots.of(id), new Request.Reload(Optional.empty(), Optional.empty())));
            engine.touchPending();
            return Future.succeededFuture(stopped);
        });
    }

    private Optional<PluginException> barred(HostedPlugin hosted) {
        return slots.blocked(hosted)
                .or(() -> vouching.lacking(hosted.record())
                        .map(lacking -> new PluginException(lacking.code(), lacking.message())));
    }

    /** Who vouches for plugins. */
    public Vouching vouching() {
        return vouching;
    }

    /** The registry has more, of which {@link #installedChanged} tells later: nothing starts for it yet. */
    public Future<Void> resolveAgain() {
        return thread.call(() -> {
            slots.learn();
            return Future.succeededFuture();
        });
    }

    /** Ask several things at once: no plugin takes a step before all of them are known. */
    public <T> Future<T> together(Supplier<Future<T>> asking) {
        return thread.call(asking);
    }

    /** Whether a plugin runs as {@code record}, is on its way to it, or failed as it. */
    public Future<Boolean> keepsTo(PluginRecord record) {
        return thread.call(() -> Future.succeededFuture(slots.find(record.id())
                .filter(slot -> record.equals(slot.pinned) || record.equals(slot.tried))
                .isPresent()));
    }

    private void touchChanged() {
        slots.news().forEach(this::touchChanged);
        engine.touchPending();
    }

    private void touchChanged(PluginId id) {
        List<PluginRecord> versions = registry.versions(id);
        slots.find(id).ifPresent(slot -> {
            if (!slot.operations.isEmpty() || slot.busy) {
                slots.newsAgain(id);
            } else if (versions.isEmpty() && slot.isDown()) {
                engine.forget(slot);
                snapshots.remove(id);
            } else if (failed(slot) && slots.hasNews(slot)) {
                engine.tryAgain(slot);
            }
        });
        if (versions.stream().anyMatch(record -> isLazy(record.manifest()))) {
            engine.touch(slots.of(id));
        }
    }

    private static boolean failed(PluginSlot slot) {
        return slot.state == PluginState.QUARANTINED
                || (slot.state == PluginState.ERROR && (slot.held || slot.respite != null));
    }

    /** One installed plugin. */
    public Optional<PluginInfo> plugin(PluginId id) {
        PluginInfo snapshot = snapshots.get(id);
        return snapshot != null
                ? Optional.of(snapshot)
                : registry.versions(id).stream().findFirst().map(this::untouched);
    }

    private PluginInfo untouched(PluginRecord record) {
        return new PluginInfo(
                record.manifest(),
                PluginState.INSTALLED,
                record.installed(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                hosting.curtailed(record.manifest()),
                Supervised.calmly(record.manifest().supervision().ofAuthor().settled()));
    }

    /** All installed plugins, by id. */
    public List<PluginInfo> plugins() {
        return registry.all().stream()
                .map(PluginRecord::id)
                .distinct()
                .flatMap(id -> plugin(id).stream())
                .sorted(Comparator.comparing(PluginInfo::id))
                .toList();
    }

    /** Which plugin has {@code capability}: one that runs, else one that could be started for it. */
    public Optional<PluginId> providerOf(String capability) {
        return plugins().stream()
                .filter(info -> info.manifest().capabilities().contains(capability))
                .min(Comparator.comparing((PluginInfo info) -> !info.state().isActive())
                        .thenComparing(PluginInfo::id))
                .map(PluginInfo::id);
    }

    /** Let a plugin use this from now on, also one that is not there yet. */
    public Future<Void> allow(PluginId id, Allowance allowance) {
        return thread.call(() -> {
            hosting.resources().allow(id, allowance);
            slots.find(id).ifPresent(slot -> {
                if (slot.hosted != null) {
                    slot.hosted.allowed();
                }
                engine.show(slot);
            });
            return Future.succeededFuture();
        });
    }

    /**
     * How a plugin came to where it is: {@code transitions} since the node started and {@code failures} with their stacks, the oldest first; {@code
     * dependents}; {@code code}: what its slice does now; {@code circuits} of its own and {@code circuitsToIt} of others; {@code leaks}: class loaders of
     * earlier lives that are still held.
     */
    public Future<JsonObject> story(PluginId id) {
        return thread.call(() -> new Story(thread, slots, hosting).of(id));
    }

    /**
     * What a plugin's slices and blocking work do from now on for {@code lasting}, a minute at most: {@code looks}, {@code samples}, {@code flat}: methods with
     * how often each was seen as the innermost one and at all; {@code collapsed}: the stacks.
     *
     * @return fails with {@code DP-1032} where two are being taken
     */
    public Future<JsonObject> profile(PluginId id, Duration lasting) {
        return profiler.profile(id, lasting).map(Profiler.Profile::toJson);
    }

    /** How many threads were lost since the node started to code that can't be ended; each may burn a core until the process ends. */
    public long threadsLost() {
        return journal.threadsLost();
    }

    /** Why a plugin runs, or why it does not. */
    public Future<Explanation> why(PluginId id) {
        return thread.call(() -> Future.succeededFuture(new Standing(slots).why(id)));
    }

    /** Starts plugins that run only when needed. */
    public Activator activator() {
        return activation;
    }

    /** Run {@code action} on the lifecycle thread every {@code period}; it must not block. */
    public void every(Duration period, Runnable action) {
        thread.every(period, action);
    }

    /**
     * Look at every plugin that runs: free stuck ones, stop idle ones, start what can be started now. Answers what was seen.
     */
    public Future<JsonObject> check() {
        return thread.call(() -> Future.succeededFuture(engine.check()));
    }

    /** Look what plugins retain, as far as it is time for that, and whether the node has heap enough. */
    public Future<Void> checkMemory() {
        return thread.call(() -> {
            engine.checkMemory();
            return Future.succeededFuture();
        });
    }

    /** Loaders of unloaded plugins that are still in memory: {@code plugin} and {@code seconds} since it was closed. Usually for a moment only. */
    public JsonArray unloading() {
        JsonArray left = new JsonArray();
        hosting.unloaded()
                .waiting()
                .forEach(loader -> left.add(new JsonObject()
                        .put("plugin", loader.name())
                        .put("seconds", loader.age().toSeconds())));
        return left;
    }

    /** Count now what plugins retain; completes once that is known to whoever asks what they use. */
    public Future<Void> measure() {
        return thread.call(engine::measure);
    }

    /**
     * Stop everything; after {@code deadline} what is under way is cut off. Nothing can be started any more.
     *
     * @return completes within the deadline and three seconds; fails with {@code DP-0833} where something was left behind
     */
    public Future<Void> close(Duration deadline) {
        return thread.call(() -> engine.close(deadline)).onComplete(done -> {
            deadlocks.close();
            profiler.close();
            thread.close();
        });
    }

    /** The failure of what is asked of a kernel that is closing or closed. */
    public static PluginException closed() {
        return new PluginException("DP-0806", "The kernel is closing; no plugin can be started or changed any more.");
    }
}
