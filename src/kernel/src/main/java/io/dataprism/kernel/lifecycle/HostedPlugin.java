package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.CircuitState;
import io.dataprism.kernel.messaging.TurnedAway;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.census.Subject;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin on its way up, running, or on its way down; made anew for each start: its {@link Premises}, and the {@link PluginSteps} that are gone in
 * them. Owned by the lifecycle thread, on which all its futures complete.
 */
final class HostedPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);

    private final LifecycleThread thread;
    private final PluginRecord record;
    private final AtomicBoolean failed = new AtomicBoolean();
    private List<HostedPlugin> providers;
    private @Nullable TurnedAway unready;
    private @Nullable TurnedAway suspended;
    private final StepFailures failures;
    private final Unwind unwind = new Unwind();
    private final Premises premises;
    private final PluginSteps steps;

    /**
     * @param config what was asked for; checked on the way up
     * @param providers the plugins that it uses, which run
     * @param crashed is told, on the lifecycle thread and once, when it says that it can't go on
     */
    HostedPlugin(
            Hosting hosting,
            LifecycleThread thread,
            PluginRecord record,
            JsonObject config,
            List<HostedPlugin> providers,
            BiConsumer<HostedPlugin, StepException> crashed) {
        PluginManifest manifest = record.manifest();
        StepLimits limits =
                new StepLimits(hosting.deadlines(), manifest.limits().steps());
        this.thread = thread;
        this.record = record;
        this.providers = List.copyOf(providers);
        this.failures = StepFailures.of(record, limits, hosting);
        this.premises = new Premises(
                hosting,
                thread,
                record,
                config,
                limits,
                failures,
                unwind,
                cause -> failed(failures.gaveUp(cause), why -> crashed.accept(this, why)));
        this.steps = new PluginSteps(manifest, premises, limits, failures, unwind);
    }

    PluginId id() {
        return record.id();
    }

    PluginRecord record() {
        return record;
    }

    /** Let the plugin of {@code builder} use what this one exports. */
    void exportTo(PluginClassLoader.Builder builder) {
        premises.code().exportTo(builder);
    }

    List<HostedPlugin> providers() {
        return providers;
    }

    /** {@code now} is what it uses from now on in the place of an earlier one of the same plugin, which failed. */
    void providedBy(HostedPlugin now) {
        providers = providers.stream()
                .map(provider -> provider.id().equals(now.id()) ? now : provider)
                .toList();
    }

    /**
     * It must go down, and perhaps come up again. Once; may be called by any thread.
     *
     * @param then is told on the lifecycle thread
     */
    void failed(StepException cause, Consumer<StepException> then) {
        if (failed.compareAndSet(false, true)) {
            thread.execute(() -> then.accept(cause));
        }
    }

    /** Whether it can be asked whether it is well. */
    boolean isProbed() {
        return steps.isProbed();
    }

    /** Ask it whether it is alive, or else whether it is ready; completes in its slice, perhaps never. */
    Future<Void> ask(boolean alive) {
        return steps.ask(alive);
    }

    /** Calls of it fail with {@code why} from now on; null: they don't. */
    void notReady(@Nullable String why) {
        unready = why == null ? null : new TurnedAway("DP-0668", "Plugin '" + id() + "' is not ready: " + why + ".");
        turnAway();
    }

    /** Let none of its slices begin, and let calls of it fail, for {@code why}; null: as ever again. */
    void suspend(@Nullable String why) {
        suspended = why == null
                ? null
                : new TurnedAway(
                        "DP-0667",
                        "Plugin '" + id() + "' is suspended: " + why + " Resume it: dataprism plugins resume " + id());
        turnAway();
        premises.suspend(why != null);
    }

    private void turnAway() {
        premises.endpoint().turnAway(suspended == null ? unready : suspended);
    }

    /** The failure of a plugin that said, or did not say, so often that it is well. */
    StepException notAlive(int times, String why) {
        return failures.notAlive(times, why);
    }

    /** What it has not finished when it goes down is not waited for. */
    void abrupt() {
        steps.abrupt();
    }

    /**
     * Bring it to running. A step that fails or is late is followed by undoing what was done.
     *
     * @param reached is told of the states on the way
     */
    Future<Void> bringUp(Consumer<PluginState> reached) {
        return premises.code()
                .prepare(providers)
                .compose(done -> premises.deploy())
                .compose(done -> premises.connect())
                .compose(done -> steps.make())
                .compose(done -> steps.initialize())
                .compose(done -> steps.readCapabilities())
                .compose(done -> {
                    reached.accept(PluginState.INITIALIZED);
                    return steps.start();
                })
                .<Void>map(done -> {
                    premises.engage();
                    reached.accept(PluginState.RUNNING);
                    steps.serve();
                    return null;
                })
                .recover(this::giveUp);
    }

    private Future<Void> giveUp(Throwable cause) {
        return takeDown().transform(undone -> {
            undone.result().forEach(further -> LOG.warn("{}", further.getMessage(), further));
            return Future.failedFuture(cause);
        });
    }

    /** Whether it takes a new configuration while it runs. */
    boolean isConfigurable() {
        return steps.isConfigurable();
    }

    /** Give it another configuration. */
    Future<Void> configure(JsonObject wanted) {
        return steps.configure(wanted);
    }

    /** Undo all that was done, last first. Never fails; what went wrong is answered. */
    Future<List<Throwable>> takeDown() {
        premises.lift();
        return unwind.run();
    }

    /** The mailbox while it is deployed. */
    Optional<Mailbox> mailbox() {
        return premises.mailbox();
    }

    /** What it called that failed lately. */
    Stream<CircuitState> circuits() {
        return premises.circuits();
    }

    /** What meters it while it is deployed. */
    Optional<Governor> governor() {
        return premises.governor();
    }

    /** Of whom the census asks; empty where it is not up, or is on its way down. */
    Optional<Subject> subject() {
        return premises.held().map(held -> {
            List<Object> roots = new ArrayList<>(held);
            roots.addAll(steps.held());
            return new Subject(id().value(), premises.code().loader(), roots);
        });
    }

    /** The failure of one that the node could not bear any more. */
    StepException evicted(String why) {
        return failures.of(Step.RUN, "DP-0682", why, null);
    }

    /** The failure of code that ran when it was suspended for its memory, and how it ended where it did not by being interrupted. */
    StepException cutShort() {
        return premises.end()
                .orElseGet(() -> evicted("was suspended for the memory that it holds, and the code that it ran was"
                        + " interrupted, which ended it."));
    }

    /** What it may use has changed. */
    void allowed() {
        premises.allowed();
    }

    /** Whether it works on an answer or waits for one, or has a task, blocking work or a request under way. */
    boolean isWorking() {
        return premises.isWorking();
    }

    /** Let go of what it has not used lately and can have again; whether there is something that it used just now. */
    boolean rest() {
        return premises.code().rest();
    }

    /** Whether its thread had to be given up. */
    boolean stuck() {
        return premises.stuck();
    }

    /** Why a thread is lost to its code, where one is: that runs on, and nothing ends it but the process. */
    Optional<StepException> lostThread() {
        return premises.end().filter(end -> end.code().equals(StepFailures.LOST));
    }

    /** The failure of code that ran for longer than {@code limit} without a pause, and how it ended where it did not by being interrupted. */
    StepException tooLong(Duration limit) {
        return premises.end().orElseGet(() -> failures.tooLong(limit));
    }

    /** The failure of code that was in a deadlock, and how it ended where it did not by being interrupted. */
    StepException deadlocked() {
        return premises.end().orElseGet(failures::deadlocked);
    }

    /** Cut short whatever it is doing, and whatever it does from now on. */
    void hurry() {
        premises.hurry();
    }

    /** Leave it to itself, as it is; answers what that is. */
    StepException leave() {
        return premises.leave();
    }

    /** Get the thread back from a slice that has run for {@code longerThan}; then {@link #stuck} tells whether it had to be given up. */
    Future<Void> free(Duration longerThan) {
        return premises.free(longerThan);
    }
}
