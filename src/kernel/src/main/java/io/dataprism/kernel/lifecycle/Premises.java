package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.api.MemoryAccount;
import io.dataprism.api.PluginId;
import io.dataprism.child.Loading;
import io.dataprism.child.context.Identity;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.context.PluginRuntime;
import io.dataprism.kernel.manifest.Isolation;
import io.dataprism.kernel.manifest.Limits;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.CircuitState;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.process.ChildTerms;
import io.dataprism.kernel.process.ProcessPlugin;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.SendBudget;
import io.dataprism.kernel.resource.Tally;
import io.dataprism.kernel.storage.StorageLease;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.dataprism.kernel.vertx.SlicePlace;
import io.dataprism.sandbox.guard.CallGuard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel gives one plugin to live in, from its account to its context, each taken back last first. Owned by the lifecycle thread, on which all
 * its futures complete.
 */
final class Premises {
    private static final Logger LOG = LoggerFactory.getLogger(Premises.class);
    /** For what the kernel itself does to take a plugin down. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(10);
    /** The same once the kernel is closing and its deadline is over. */
    private static final Duration HURRIED_CLEAN_UP = Duration.ofMillis(500);

    private final Hosting hosting;
    private final LifecycleThread thread;
    private final PluginRecord record;
    private final StepFailures failures;
    private final Unwind unwind;
    private final PluginCode code;
    private final Consumer<SafeFailure> gaveUp;
    private @Nullable SliceRunner slices;
    private @Nullable PluginDeployment deployment;
    private @Nullable PluginEndpoint endpoint;
    private @Nullable MemoryAccount account;
    private @Nullable Governor governor;
    private @Nullable ProcessPlugin process;
    private @Nullable KernelPluginContext context;
    private boolean stuck;
    private Optional<StepException> end = Optional.empty();
    private boolean hurried;
    /** What the plugin is doing on its way up or down. */
    private String doing = "being prepared";

    /**
     * @param config what was asked for; checked on the way up
     * @param unwind takes back what was given
     * @param gaveUp is told, by whatever thread, when the plugin says that it can't go on
     */
    Premises(
            Hosting hosting,
            LifecycleThread thread,
            PluginRecord record,
            JsonObject config,
            StepLimits limits,
            StepFailures failures,
            Unwind unwind,
            Consumer<SafeFailure> gaveUp) {
        this.gaveUp = gaveUp;
        this.hosting = hosting;
        this.thread = thread;
        this.record = record;
        this.failures = failures;
        this.unwind = unwind;
        this.code = new PluginCode(hosting, thread, record, config, limits, failures, unwind, goesOn -> doing = goesOn);
    }

    PluginCode code() {
        return code;
    }

    private PluginId id() {
        return record.id();
    }

    private PluginManifest manifest() {
        return record.manifest();
    }

    /** Account, verticle, slices. */
    Future<Void> deploy() {
        if (!mayRunWhereItWants()) {
            return Future.failedFuture(failures.notTrusted(manifest().isolation()));
        }
        account = hosting.resources().account(id(), manifest().limits().memory());
        unwind.push(this::closeAccount);
        DeploymentOptions options = new DeploymentOptions().setClassLoader(code.loader());
        Limits wanted = manifest().limits();
        MailboxLimits limit =
                hosting.deployer().mailboxLimits().atMost(wanted.mailboxMessages(), wanted.mailboxBytes());
        Governor metering = new Governor(hosting.resources().meter(id(), wanted.cpu()));
        governor = metering;
        doing = "being deployed";
        return thread.here(hosting.deployer().deploy(id(), new HostVerticle(), options, limit, place(), metering))
                .map(deployed -> {
                    deployment = deployed;
                    slices = new SliceRunner(thread, hosting.deployer(), deployed, failures, hurried);
                    unwind.push(this::undeploy);
                    return null;
                });
    }

    private boolean mayRunWhereItWants() {
        return !manifest().isolation().isForTrusted()
                || hosting.gate().may(Caller.plugin(id()), Permission.parse(Isolation.TRUST));
    }

    /** Where its slices run: for trusted plugins, where they want. */
    private SlicePlace place() {
        return switch (manifest().isolation()) {
            case WORKER -> manifest().blocking() ? SlicePlace.WAITING_LANE : SlicePlace.CARRIERS;
            case EVENT_LOOP -> SlicePlace.EVENT_LOOP;
            case VIRTUAL -> SlicePlace.VIRTUAL_THREADS;
            case PROCESS -> SlicePlace.CARRIERS;
        };
    }

    private Future<Void> undeploy() {
        PluginDeployment ending = Objects.requireNonNull(deployment);
        stuck = slices().stuck();
        end = slices().end();
        deployment = null;
        slices = null;
        doing = "being undeployed";
        return bounded("undeploy", ending.undeploy());
    }

    private Future<Void> bounded(String what, Future<Void> cleanUp) {
        return thread.within(
                cleanUp(),
                cleanUp,
                late -> failures.of(
                        Step.DESTROY, "DP-0815", "could not be taken down in time: " + what + " hangs.", null));
    }

    private Duration cleanUp() {
        return hurried ? HURRIED_CLEAN_UP : CLEAN_UP;
    }

    /** Endpoint and context: everything that it holds of the world. */
    Future<Void> connect() {
        PluginDeployment on = Objects.requireNonNull(deployment);
        PluginEndpoint opened = hosting.messaging().open(id(), on, manifest().capabilities(), code.contracts());
        endpoint = opened;
        Tally counted = hosting.resources().open(id(), manifest().limits().counts());
        opened.countIn(counted);
        Objects.requireNonNull(governor).sends(new SendBudget(id(), counted, opened::sent));
        unwind.push(this::closeEndpoint);
        context = new KernelPluginContext(new PluginRuntime(
                id(),
                record.version().toString(),
                hosting.node(),
                code.config(),
                opened,
                on,
                hosting.gate(),
                Objects.requireNonNull(account),
                hosting.tasks(),
                hosting.metrics(),
                hosting.tableProvider(),
                hosting.drivers(),
                counted,
                hosting.maxWritten(),
                code.workFolder(),
                this::lendStorage,
                gaveUp));
        unwind.push(this::closeContext);
        return Future.succeededFuture();
    }

    /** Whether its code runs in a process of its own. */
    boolean isElsewhere() {
        return manifest().isolation() == Isolation.PROCESS;
    }

    /** A process for its code, in which nothing was done yet. */
    Future<ProcessPlugin> startProcess(Duration deadline) {
        PluginDeployment on = Objects.requireNonNull(deployment);
        Governor metering = Objects.requireNonNull(governor);
        MemoryAccount holds = Objects.requireNonNull(account);
        KernelPluginContext given = context();
        JsonObject config = code.config();
        doing = "starting its process";
        Future<ProcessPlugin> starting = thread.aside(hosting.blocking(), () -> {
            Optional<CallGuard> guard = hosting.callGuard(record);
            Loading loading = new Loading(
                    new Identity(id(), record.version().toString(), hosting.node()),
                    config,
                    record.key().toString(),
                    manifest().main(),
                    record.classPath().stream().map(Path::toString).toList(),
                    guard.isPresent(),
                    hosting.resources().tally(id()).orElseGet(Tally::usual).limit(Countable.TIMERS));
            ChildTerms terms = new ChildTerms(
                    loading,
                    holds.limit(),
                    given,
                    on,
                    hosting.gate().grants(),
                    guard,
                    hosting.deadlines().slice(),
                    metering.meter(),
                    hosting.unwalled().test(record));
            return hosting.processes().start(terms);
        });
        return thread.within(deadline, starting, late -> failures.late(Step.LOAD, late))
                .onFailure(late -> starting.onSuccess(ProcessPlugin::end))
                .map(started -> {
                    metering.full(started::isFull);
                    process = started;
                    return started;
                });
    }

    /** End {@code process}, so that nothing is left of it. */
    Future<Void> endProcess(ProcessPlugin process) {
        doing = "ending its process";
        return bounded("ending its process", process.end());
    }

    private StorageLease lendStorage() {
        return hosting.storages()
                .lend(
                        id(),
                        record.artifact().sha256(),
                        hosting.storageLimits().atMost(manifest().limits().storage()));
    }

    private Future<Void> closeAccount() {
        long left = hosting.resources().accounts().close(id());
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
        return stuck()
                ? Future.succeededFuture()
                : bounded("closing its endpoint", closed)
                        .recover(late -> slices().free(Optional.of(Step.DESTROY), cleanUp(), late));
    }

    private Future<Void> closeContext() {
        KernelPluginContext closing = Objects.requireNonNull(context);
        context = null;
        doing = "finishing what it stores";
        Future<Void> stored = bounded(doing, closing.close());
        Future<Void> files = thread.aside(hosting.blocking(), () -> {
            closing.closeFiles();
            return null;
        });
        return Future.join(stored, files).mapEmpty();
    }

    /** Where {@code step} runs, which the plugin is doing from now on. */
    SliceRunner slicesFor(Step step) {
        doing = "in " + step.label();
        return slices();
    }

    SliceRunner slices() {
        return Objects.requireNonNull(slices);
    }

    PluginEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    KernelPluginContext context() {
        return Objects.requireNonNull(context);
    }

    /** The mailbox while it is deployed. */
    Optional<Mailbox> mailbox() {
        return Optional.ofNullable(slices).map(SliceRunner::mailbox);
    }

    /** Whether it works on an answer or waits for one, or has a task, blocking work or a request under way. */
    boolean isWorking() {
        return (endpoint != null && endpoint.hasOpenAnswers()) || (context != null && context.isWorking());
    }

    /** What it called that failed lately. */
    Stream<CircuitState> circuits() {
        return Optional.ofNullable(endpoint).stream().flatMap(open -> open.circuits().stream());
    }

    /** What the kernel holds for it alone; empty where it is not connected, or has a heap of its own. */
    Optional<List<Object>> held() {
        KernelPluginContext given = context;
        PluginEndpoint opened = endpoint;
        PluginDeployment on = deployment;
        return given == null || opened == null || on == null || isElsewhere()
                ? Optional.empty()
                : Optional.of(List.of(given, opened, on, on.mailbox()));
    }

    /** What meters it while it is deployed; blocking work that is under way is metered by this. */
    Optional<Governor> governor() {
        PluginDeployment on = deployment;
        if (on == null) {
            return Optional.empty();
        }
        on.meter();
        return Optional.ofNullable(governor);
    }

    /** What it may use has changed. */
    void allowed() {
        if (governor != null) {
            hosting.resources().account(id(), manifest().limits().memory());
            hosting.resources().meter(id(), manifest().limits().cpu());
            hosting.resources().limit(id(), manifest().limits().counts());
        }
        if (deployment != null) {
            deployment.release();
        }
    }

    /** It runs: it is held to its budget from now on. */
    void engage() {
        if (governor != null) {
            governor.engage();
        }
    }

    /** Let none of its slices begin, or let them begin again. */
    void suspend(boolean now) {
        if (governor != null && deployment != null) {
            governor.suspended(now);
            deployment.release();
        }
        if (process != null) {
            process.suspend(now);
        }
    }

    /** It is on its way down: what it still does is not held back. */
    void lift() {
        if (governor != null && deployment != null) {
            governor.lift();
            deployment.release();
        }
        if (process != null) {
            process.suspend(false);
        }
    }

    /** Whether its thread had to be given up. */
    boolean stuck() {
        return slices == null ? stuck : slices.stuck();
    }

    /** How its code ended, or that it did not, where it had to be condemned or given up. */
    Optional<StepException> end() {
        return slices == null ? end : slices.end();
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
                : slices.<Void>free(Optional.empty(), longerThan, new IllegalStateException("freed"))
                        .otherwiseEmpty();
    }
}
