package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Configurable;
import io.dataprism.api.MemoryAccount;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.context.PluginRuntime;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.manifest.Isolation;
import io.dataprism.kernel.manifest.Limits;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.dataprism.kernel.vertx.SlicePlace;
import io.dataprism.sandbox.PluginClassLoader;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin on its way up, running, or on its way down; made anew for each start. Owned by the lifecycle thread, on which all its
 * futures complete.
 */
final class HostedPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);
    /** For what the kernel itself does to take a plugin down. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(10);
    /** The same once the kernel is closing and its deadline is over. */
    private static final Duration HURRIED_CLEAN_UP = Duration.ofMillis(500);

    private final Hosting hosting;
    private final LifecycleThread thread;
    private final PluginRecord record;
    private final List<HostedPlugin> providers;
    private final StepLimits limits;
    private final StepFailures failures;
    private final PluginFiles files;
    private final Unwind unwind = new Unwind();
    private JsonObject config;
    private @Nullable PluginClassLoader loader;
    private @Nullable SliceRunner slices;
    private @Nullable PluginDeployment deployment;
    private @Nullable PluginEndpoint endpoint;
    private @Nullable MemoryAccount account;
    private @Nullable KernelPluginContext context;
    private @Nullable Plugin plugin;
    private Capabilities capabilities = Capabilities.none();
    private PluginContracts contracts = PluginContracts.none();
    private boolean stuck;
    private boolean hurried;
    /** What it is doing on its way up or down. */
    private String doing = "being prepared";

    /**
     * @param config what was asked for; checked on the way up
     * @param providers the plugins that it uses, which run
     */
    HostedPlugin(
            Hosting hosting,
            LifecycleThread thread,
            PluginRecord record,
            JsonObject config,
            List<HostedPlugin> providers) {
        this.hosting = hosting;
        this.thread = thread;
        this.record = record;
        this.config = config.copy();
        this.providers = List.copyOf(providers);
        this.limits = new StepLimits(hosting.deadlines(), manifest().limits().steps());
        this.failures = new StepFailures(record.key(), limits);
        this.files = new PluginFiles(hosting, record, failures);
    }

    PluginId id() {
        return record.id();
    }

    PluginRecord record() {
        return record;
    }

    /** Let the plugin of {@code builder} use what this one exports. */
    void exportTo(PluginClassLoader.Builder builder) {
        PluginClassLoader exporting = loader;
        if (exporting != null) {
            builder.importing(exporting, Set.copyOf(manifest().exports()));
        }
    }

    List<HostedPlugin> providers() {
        return providers;
    }

    private PluginManifest manifest() {
        return record.manifest();
    }

    private Duration deadline(Step step) {
        return limits.of(step);
    }

    /**
     * Bring it to running. A step that fails or is late is followed by undoing what was done.
     *
     * @param reached is told of the states on the way
     */
    Future<Void> bringUp(Consumer<PluginState> reached) {
        return prepare()
                .compose(done -> deploy())
                .compose(done -> connect())
                .compose(done -> make())
                .compose(done -> initialize())
                .compose(done -> readCapabilities())
                .compose(done -> {
                    reached.accept(PluginState.INITIALIZED);
                    return start();
                })
                .map(done -> {
                    reached.accept(PluginState.RUNNING);
                    return serve();
                })
                .recover(this::giveUp);
    }

    private Future<Void> giveUp(Throwable cause) {
        return takeDown().transform(undone -> {
            undone.result().forEach(further -> LOG.warn("{}", further.getMessage(), further));
            return Future.failedFuture(cause);
        });
    }

    /** Check the configuration, make the work folder, open the jars. */
    private Future<Void> prepare() {
        unwind.push(() -> {
            doing = "deleting its work folder";
            return aside(files::deleteWorkFolder);
        });
        doing = "checking its configuration and opening its jars";
        Future<PluginFiles.Opened> opened = aside(() -> files.open(config, providers));
        return timely(Step.LOAD, opened)
                .onFailure(late -> opened.onSuccess(unused -> aside(() -> files.close(unused.loader()))))
                .map(done -> {
                    config = done.config();
                    loader = done.loader();
                    contracts = done.contracts();
                    unwind.push(this::closeLoader);
                    grantWorkFolder(done.workFolder());
                    return null;
                });
    }

    /** The kernel's own work for {@code step}, waited for no longer than for the step itself. */
    private <T> Future<T> timely(Step step, Future<T> work) {
        return thread.within(deadline(step), work, late -> failures.late(step, late));
    }

    /** A plugin that works on files for its callers must be able to tell that this one may use its own. */
    private void grantWorkFolder(Path work) {
        Caller self = Caller.plugin(id());
        Permission own = Permission.parse("file-access:*:" + work.toString().replace(File.separatorChar, '/') + "/**");
        Runnable takeBack = hosting.gate().grants().lend(self, own, "kernel", "its own work folder");
        unwind.push(() -> {
            takeBack.run();
            return Future.succeededFuture();
        });
    }

    private Future<Void> closeLoader() {
        PluginClassLoader closing = Objects.requireNonNull(loader);
        loader = null;
        doing = "closing its class loader";
        hosting.unloaded().watch(record.key().toString(), closing);
        return aside(() -> files.close(closing));
    }

    /** Blocking work of the kernel's own. */
    private <T> Future<T> aside(Callable<@Nullable T> work) {
        return thread.aside(hosting.blocking(), work);
    }

    private Future<Void> deploy() {
        if (!mayRunWhereItWants()) {
            return Future.failedFuture(failures.notTrusted(manifest().isolation()));
        }
        long memory = Math.min(manifest().limits().memory().orElse(Long.MAX_VALUE), hosting.maxMemory());
        account = hosting.accounts().open(id(), memory);
        unwind.push(this::closeAccount);
        DeploymentOptions options =
                new DeploymentOptions().setClassLoader(loader).setConfig(new JsonObject().put("plugin", id().value()));
        Limits wanted = manifest().limits();
        MailboxLimits limit =
                hosting.deployer().mailboxLimits().atMost(wanted.mailboxMessages(), wanted.mailboxBytes());
        doing = "being deployed";
        return thread.here(hosting.deployer().deploy(id(), new HostVerticle(), options, limit, place()))
                .map(deployed -> {
                    deployment = deployed;
                    slices = new SliceRunner(thread, hosting.deployer(), deployed, failures, hurried);
                    unwind.push(this::undeploy);
                    return null;
                });
    }

    private boolean mayRunWhereItWants() {
        return manifest().isolation() == Isolation.WORKER
                || hosting.gate().may(Caller.plugin(id()), Permission.parse(Isolation.TRUST));
    }

    /** Where its slices run: for trusted plugins, where they want. */
    private SlicePlace place() {
        return switch (manifest().isolation()) {
            case WORKER -> manifest().blocking() ? SlicePlace.WAITING_LANE : SlicePlace.CARRIERS;
            case EVENT_LOOP -> SlicePlace.EVENT_LOOP;
            case VIRTUAL -> SlicePlace.VIRTUAL_THREADS;
        };
    }

    private Future<Void> undeploy() {
        PluginDeployment ending = Objects.requireNonNull(deployment);
        stuck = slices().stuck();
        deployment = null;
        slices = null;
        doing = "being undeployed";
        return bounded("undeploy", ending.undeploy());
    }

    private Future<Void> bounded(String what, Future<Void> cleanUp) {
        return thread.within(
                hurried ? HURRIED_CLEAN_UP : CLEAN_UP,
                cleanUp,
                late -> failures.of(
                        Step.DESTROY, "DP-0815", "could not be taken down in time: " + what + " hangs.", null));
    }

    /** Endpoint and context: everything that it holds of the world. */
    private Future<Void> connect() {
        PluginDeployment on = Objects.requireNonNull(deployment);
        PluginEndpoint opened = hosting.messaging().open(id(), on, manifest().capabilities(), contracts);
        endpoint = opened;
        unwind.push(this::closeEndpoint);
        context = new KernelPluginContext(new PluginRuntime(
                id(),
                record.version().toString(),
                hosting.node(),
                config,
                opened,
                on,
                hosting.gate(),
                Objects.requireNonNull(account),
                hosting.tasks(),
                hosting.metrics(),
                hosting.tableProvider(),
                hosting.maxTimers(),
                files.workFolder()));
        unwind.push(this::closeContext);
        return Future.succeededFuture();
    }

    private Future<Void> closeAccount() {
        long left = hosting.accounts().close(id());
        if (left > 0) {
            LOG.info("Plugin '{}' left {} bytes on its memory account; they were taken off", id(), left);
        }
        return Future.succeededFuture();
    }

    private Future<Void> closeEndpoint() {
        PluginEndpoint closing = Objects.requireNonNull(endpoint);
        endpoint = null;
        doing = "closing its endpoint";
        Future<Void> closed = closing.close();
        // It completes in the plugin's slices, of which there are none left once its thread was given up.
        return stuck() ? Future.succeededFuture() : bounded("closing its endpoint", closed);
    }

    private Future<Void> closeContext() {
        KernelPluginContext closing = Objects.requireNonNull(context);
        context = null;
        plugin = null;
        capabilities = Capabilities.none();
        closing.close();
        return aside(() -> {
            closing.closeFiles();
            return null;
        });
    }

    private Future<Void> make() {
        PluginMaker maker = new PluginMaker(manifest().main(), failures);
        PluginClassLoader from = Objects.requireNonNull(loader);
        return slicesFor(Step.LOAD)
                .get(Step.LOAD, deadline(Step.LOAD), () -> maker.make(from))
                .map(made -> {
                    plugin = made;
                    return null;
                });
    }

    private Future<Void> initialize() {
        Plugin made = Objects.requireNonNull(plugin);
        KernelPluginContext given = Objects.requireNonNull(context);
        return slicesFor(Step.INITIALIZE)
                .run(Step.INITIALIZE, deadline(Step.INITIALIZE), () -> made.initialize(given))
                .onSuccess(done -> unwind.push(() -> end(Step.DESTROY, made::destroy)));
    }

    private Future<Void> readCapabilities() {
        Plugin made = Objects.requireNonNull(plugin);
        return slicesFor(Step.CAPABILITIES)
                .get(Step.CAPABILITIES, deadline(Step.CAPABILITIES), made::capabilities)
                .map(offered -> {
                    requireAsDeclared(offered);
                    capabilities = offered;
                    return null;
                });
    }

    private void requireAsDeclared(Capabilities offered) {
        OfferedCapabilities.undeclared(manifest(), offered).ifPresent(what -> {
            throw failures.of(Step.CAPABILITIES, "DP-0817", what, null);
        });
        OfferedCapabilities.missing(manifest(), offered).ifPresent(what -> {
            throw failures.of(Step.CAPABILITIES, "DP-0836", what, null);
        });
    }

    private Future<Void> start() {
        Plugin made = Objects.requireNonNull(plugin);
        return slicesFor(Step.START)
                .run(Step.START, deadline(Step.START), made::start)
                .onSuccess(done -> unwind.push(() -> end(Step.STOP, made::stop)));
    }

    private @Nullable Void serve() {
        Objects.requireNonNull(endpoint).serve(capabilities);
        unwind.push(this::drain);
        return null;
    }

    private Future<Void> drain() {
        PluginEndpoint draining = Objects.requireNonNull(endpoint);
        draining.quiesce();
        return slicesFor(Step.DRAIN)
                .finish(Step.DRAIN, deadline(Step.DRAIN), draining.drained())
                .recover(late -> {
                    LOG.warn("{} What it had not finished fails.", late.getMessage());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> end(Step step, Callable<@Nullable Future<?>> method) {
        SliceRunner runner = slicesFor(step);
        return runner.stuck() ? Future.succeededFuture() : runner.run(step, deadline(step), method);
    }

    private SliceRunner slicesFor(Step step) {
        doing = "in " + step.label();
        return slices();
    }

    private SliceRunner slices() {
        return Objects.requireNonNull(slices);
    }

    /** Whether it takes a new configuration while it runs. */
    boolean isConfigurable() {
        return plugin instanceof Configurable;
    }

    /** Give it another configuration. */
    Future<Void> configure(JsonObject wanted) {
        Configurable configurable = (Configurable) Objects.requireNonNull(plugin);
        KernelPluginContext of = Objects.requireNonNull(context);
        return timely(Step.CONFIGURE, aside(() -> files.checked(wanted)))
                .compose(checked -> slices().run(
                                Step.CONFIGURE, deadline(Step.CONFIGURE), () -> configurable.configure(checked.copy()))
                        .onSuccess(done -> of.configure(checked)));
    }

    /** Undo all that was done, last first. Never fails; what went wrong is answered. */
    Future<List<Throwable>> takeDown() {
        return unwind.run();
    }

    /** The mailbox while it is deployed. */
    Optional<Mailbox> mailbox() {
        return Optional.ofNullable(slices).map(SliceRunner::mailbox);
    }

    /** Whether it works on an answer or waits for one, or has a task, blocking work or a request under way. */
    boolean isWorking() {
        return (endpoint != null && endpoint.hasOpenAnswers()) || (context != null && context.isWorking());
    }

    /** Whether its thread had to be given up. */
    boolean stuck() {
        return slices == null ? stuck : slices.stuck();
    }

    /** The failure of code that ran for longer than {@code limit} without a pause. */
    StepException tooLong(Duration limit) {
        return failures.tooLong(limit, stuck());
    }

    /** Cut short whatever it is doing, and whatever it does from now on. */
    void hurry() {
        hurried = true;
        if (slices != null) {
            slices.hurry(Step.STOP);
        }
    }

    /** Leave it to itself, as it is; answers what that is. */
    StepException leave() {
        if (slices != null) {
            slices.giveUp();
        }
        stuck = true;
        return failures.left(doing);
    }

    /** Get the thread back from a slice that has run for {@code longerThan}; then {@link #stuck} tells whether it had to be given up. */
    Future<Void> free(Duration longerThan) {
        return slices == null
                ? Future.succeededFuture()
                : slices.<Void>free(Step.START, longerThan, new IllegalStateException("freed"))
                        .otherwiseEmpty();
    }
}
