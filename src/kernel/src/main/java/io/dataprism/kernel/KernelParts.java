package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.TableCapabilities;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditLog;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.context.MetricsBoard;
import io.dataprism.kernel.context.TaskBoard;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.lifecycle.CallerPlaces;
import io.dataprism.kernel.lifecycle.Hosting;
import io.dataprism.kernel.lifecycle.Lifecycle;
import io.dataprism.kernel.lifecycle.NativeLoaders;
import io.dataprism.kernel.lifecycle.QuarantineStore;
import io.dataprism.kernel.manifest.ManifestReader;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.MessagingOptions;
import io.dataprism.kernel.permission.Consent;
import io.dataprism.kernel.permission.ConsentHandler;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.process.ChildProcesses;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.RegistryOptions;
import io.dataprism.kernel.registry.Reviewed;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.MemoryAccounts;
import io.dataprism.kernel.resource.Resources;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageLimits;
import io.dataprism.kernel.store.DataFolder;
import io.dataprism.kernel.store.NodeBackup;
import io.dataprism.kernel.store.Store;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.sandbox.UnloadWatch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a kernel is made of, put together once. */
final class KernelParts {
    private static final Logger LOG = LoggerFactory.getLogger(KernelParts.class);

    private final Vertx vertx;
    private final KernelOptions options;
    private final KernelThreads threads;
    private final DataFolder folder;
    private final PluginRegistry registry;
    private final Opened opened;
    private final PermissionGate gate;
    private final TaskBoard tasks = new TaskBoard();
    private final MetricsBoard metrics = new MetricsBoard();
    private final Resources resources;
    private final NativeLoaders natives = new NativeLoaders();
    private final Enclosure enclosure;
    private final PluginDeployer deployer;
    private final Messaging messaging;
    private final Endpoint host;
    private final Lifecycle lifecycle;

    private KernelParts(Vertx vertx, KernelOptions options, KernelThreads threads, Opened opened) {
        this.vertx = vertx;
        this.options = options;
        this.threads = threads;
        this.folder = opened.folder();
        this.registry = opened.registry();
        this.opened = opened;
        this.enclosure = Enclosure.in(folder.work());
        this.gate = new PermissionGate(opened.grants());
        gate.trail(audit());
        registry.trail(audit());
        gate.places(new CallerPlaces()::of);
        gate.keep(folder.path(), folder.work());
        options.consent().map(asked -> askOnContext(vertx, asked)).ifPresent(gate::consent);
        HandlerFailures failures = new HandlerFailures();
        messaging = Messaging.on(vertx, new MessagingOptions(options.addressPrefix(), options.node()), gate, failures);
        opened.log().ifPresent(log -> log.counting(new AllowedMessages(messaging, gate.grants())));
        host = messaging.endpoint(Caller.HOST);
        failures.publishThrough(host.events());
        deployer = PluginDeployer.on(vertx, carriers(options));
        resources = resources(options.resources());
        AtomicReference<Lifecycle> self = new AtomicReference<>();
        lifecycle = new Lifecycle(registry, hosting(self), host.events());
        self.set(lifecycle);
        messaging.activator(new KnownPlugins(lifecycle.activator(), registry));
        lifecycle.restore();
        lifecycle.installedChanged();
    }

    /** The host's own code runs on the host's threads, not in the slice of the plugin that asks. */
    private static ConsentHandler askOnContext(Vertx vertx, ConsentHandler asked) {
        Context context = vertx.getOrCreateContext();
        return ConsentHandler.deciding((caller, permission) -> {
            Promise<Consent> answer = Promise.promise();
            context.runOnContext(go -> Future.succeededFuture()
                    .compose(on -> asked.decide(caller, permission))
                    .onComplete(answer));
            return answer.future();
        });
    }

    private static CarrierOptions carriers(KernelOptions options) {
        return CarrierOptions.defaults()
                .withCarriers(options.carriers())
                .withSupportedApiOnly(options.supportedApiOnly());
    }

    private static Resources resources(ResourceOptions limits) {
        return new Resources(
                new MemoryAccounts(limits.maxMemoryPerPlugin(), limits.totalMemoryLimit()),
                limits.maxMemoryPerPlugin(),
                limits.maxCpuPerPlugin(),
                limits.counts().with(Countable.TIMERS, limits.maxTimersPerPlugin()),
                limits.monitorInterval());
    }

    private Hosting hosting(AtomicReference<Lifecycle> self) {
        return new Hosting(
                options.node(),
                deployer,
                messaging,
                gate,
                resources,
                options.resources().maxWrittenPerPlugin(),
                tasks,
                metrics,
                () -> Optional.ofNullable(self.get())
                        .flatMap(lifecycle -> lifecycle.providerOf(TableCapabilities.CREATE)),
                opened.drivers(),
                folder.work(),
                opened.storages(),
                new StorageLimits(
                        options.resources().maxStoragePerPlugin(),
                        options.resources().maxKeysPerPlugin()),
                threads,
                options.steps(),
                new ChildProcesses(enclosure, folder.path().resolve("children")),
                record -> Optional.ofNullable(self.get())
                        .filter(lifecycle -> lifecycle.vouching().mayBeUnwalled(record))
                        .isPresent(),
                new UnloadWatch(),
                natives,
                opened.quarantines(),
                options.sandboxed());
    }

    /** Put a kernel together; what was opened is closed again where that fails. */
    static Future<KernelParts> open(Vertx vertx, KernelOptions options) {
        KernelThreads threads = new KernelThreads(options.node());
        HostContext context = new HostContext(vertx);
        context.stay();
        threads.execute(ManifestReader::prepare);
        return context.deliver(HostContext.blocking(threads, () -> Opened.with(options, threads)))
                .compose(files -> Future.succeededFuture(files)
                        .map(opened -> new KernelParts(vertx, options, threads, opened))
                        .recover(cause -> closeFiles(threads, files).transform(any -> Future.failedFuture(cause))))
                .onFailure(cause -> threads.close());
    }

    /** What a kernel has on the disk. */
    private record Opened(
            DataFolder folder,
            PluginRegistry registry,
            Store store,
            GrantStore grants,
            PluginStorages storages,
            Optional<AuditLog> log,
            QuarantineStore quarantines,
            DatabaseDrivers drivers) {
        static Opened with(KernelOptions options, KernelThreads threads) throws IOException {
            DataFolder folder = openFolder(options);
            try {
                return in(options, folder, openRegistry(options, folder), threads);
            } catch (RuntimeException | Error e) {
                folder.close();
                throw e;
            }
        }

        private static Opened in(
                KernelOptions options, DataFolder folder, PluginRegistry registry, KernelThreads threads) {
            Store store = Store.open(folder.store());
            try {
                GrantStore grants = grants(folder, store, threads);
                PluginStorages storages = new PluginStorages(folder.storage(), threads.storing());
                Optional<AuditLog> log = log(options, folder);
                log.ifPresent(new PermissionGate(grants)::trail);
                if (grants.isStored() && !options.devMode()) {
                    GrantOwners owners = new GrantOwners(store, grants);
                    grants.beside(owners::beside);
                    registry.welcome(owners::welcome);
                }
                QuarantineStore quarantines =
                        folder.isTemporary() ? QuarantineStore.nowhere() : QuarantineStore.keptIn(store, threads);
                return new Opened(
                        folder, registry, store, grants, storages, log, quarantines, DatabaseDrivers.ofNode());
            } catch (RuntimeException | Error e) {
                store.close();
                throw e;
            }
        }

        private static GrantStore grants(DataFolder folder, Store store, KernelThreads threads) {
            return folder.isTemporary() ? new GrantStore() : GrantStore.keptIn(store, threads);
        }

        /** What is in a temporary folder outlives nobody, so nothing is kept of what happens there. */
        private static Optional<AuditLog> log(KernelOptions options, DataFolder folder) {
            return folder.isTemporary()
                    ? Optional.empty()
                    : Optional.of(AuditLog.open(folder.audit(), options.node(), options.audit()));
        }

        /** What is to be stored is, then the store is closed, then the folder is given back. */
        void close() throws IOException {
            try (folder;
                    store;
                    storages) {
                closeWriters();
            }
        }

        private void closeWriters() {
            try (quarantines) {
                grants.close();
            } finally {
                log.ifPresent(AuditLog::close);
            }
        }
    }

    private static DataFolder openFolder(KernelOptions options) {
        return options.dataFolder().map(DataFolder::open).orElseGet(DataFolder::temporary);
    }

    private static PluginRegistry openRegistry(KernelOptions options, DataFolder folder) {
        RegistryOptions usual = RegistryOptions.in(folder.path())
                .withTemporary(folder.isTemporary())
                .withDevMode(options.devMode())
                .withAdmission(options.admission());
        return PluginRegistry.open(
                options.mavenRepository().map(usual::withRemote).orElse(usual));
    }

    private static Future<Void> closeFiles(KernelThreads threads, Opened opened) {
        return HostContext.blocking(threads, () -> {
                    opened.close();
                    return opened;
                })
                .mapEmpty();
    }

    /** Fetch, check and keep an artifact. */
    Future<PluginRecord> install(ArtifactSource source) {
        return HostContext.blocking(threads.bringing(source), () -> registry.install(source))
                .compose(record -> lifecycle.installedChanged().map(record));
    }

    /** Fetch an artifact and look at it, and keep nothing of it. */
    Future<Reviewed> review(ArtifactSource source) {
        return HostContext.blocking(threads.bringing(source), () -> registry.review(source));
    }

    /** Judge artifacts by {@code policy} from now on; what runs and may not by it is stopped. */
    Future<Void> admission(AdmissionOptions policy) {
        registry.admission().policy(policy);
        return lifecycle.admissionChanged().map(stopped -> {
            stopped.forEach(this::tellBlocked);
            return null;
        });
    }

    private void tellBlocked(PluginId id, PluginException why) {
        LOG.warn("Plugin '{}' is stopped: {}", id, why.getMessage());
        audit().changed(AuditEntry.denied(Actor.KERNEL, "plugin-blocked", "plugin:" + id, AuditEntry.code(why), ""));
        host.events()
                .publish(
                        "plugin." + id + ".blocked",
                        new JsonObject()
                                .put("id", id.value())
                                .put("code", why.code())
                                .put("message", why.getMessage()));
    }

    /** Puts other artifacts in the place of plugins. */
    Replacement replacement() {
        return new Replacement(threads, registry, lifecycle);
    }

    /** Everything but the lifecycle, which is closed before. */
    Future<Void> close() {
        threads.stopFetching();
        return messaging
                .close()
                .timeout(NodeKernel.GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .transform(any -> HostContext.blocking(threads::apart, this::closeFiles))
                .onComplete(any -> threads.close())
                .mapEmpty();
    }

    private boolean closeFiles() throws IOException, InterruptedException {
        threads.awaitFetched(NodeKernel.GRACE);
        try {
            enclosure.close();
            deployer.close();
            natives.close();
        } finally {
            opened.close();
        }
        return true;
    }

    Vertx vertx() {
        return vertx;
    }

    KernelOptions options() {
        return options;
    }

    DataFolder folder() {
        return folder;
    }

    PluginRegistry registry() {
        return registry;
    }

    PermissionGate gate() {
        return gate;
    }

    /** The node's audit log; a node with a temporary data folder has none. */
    Optional<AuditLog> auditLog() {
        return opened.log();
    }

    /** Where what happens is told. */
    AuditTrail audit() {
        return opened.log().<AuditTrail>map(log -> log).orElse(AuditTrail.NONE);
    }

    /** Run {@code work}, which may block. */
    <T> Future<T> blocking(Callable<T> work) {
        return HostContext.blocking(threads, work);
    }

    /** Write what is stored, and the audit log, into {@code file}. Blocks. */
    JsonObject backup(Path file) {
        NodeBackup.write(file, opened.store(), folder.audit(), opened.storages()::copy);
        return new JsonObject().put("file", file.toString());
    }

    /** What plugins store. */
    PluginStorages storages() {
        return opened.storages();
    }

    /** Which plugins are quarantined, as far as that outlives the node. */
    QuarantineStore quarantines() {
        return opened.quarantines();
    }

    /** What stands around plugins in processes of their own. */
    Enclosure enclosure() {
        return enclosure;
    }

    TaskBoard tasks() {
        return tasks;
    }

    PluginDeployer deployer() {
        return deployer;
    }

    MetricsBoard metrics() {
        return metrics;
    }

    Resources resources() {
        return resources;
    }

    Messaging messaging() {
        return messaging;
    }

    /** The host application's endpoint. */
    Endpoint host() {
        return host;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }
}
