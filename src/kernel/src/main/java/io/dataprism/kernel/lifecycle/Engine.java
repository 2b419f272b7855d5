package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resolve.Resolution;
import io.dataprism.kernel.supervision.RestartPolicy;
import io.dataprism.kernel.supervision.RestartStrategy;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out and carries out the next step of every slot. A slot whose situation may have changed is touched; {@link #pump} then goes
 * on until no slot has a step to take. Owned by the lifecycle thread.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final LifecycleThread thread;
    private final Slots slots;
    private final Hosting hosting;
    private final Journal journal;
    private final Requests requests;
    private final Readiness readiness;
    private final Watch watch;
    private final MemoryWatch memory;
    private final Dormancy dormancy;
    private final Snapshots snapshots;
    private final Set<PluginSlot> touched = new LinkedHashSet<>();
    private final Closing closing;
    private final Outcomes outcomes;
    private final Supervisor supervisor;
    private final Probes probes;
    private boolean pumping;

    /** Where everyone else sees slots. */
    interface Snapshots {
        /** Show {@code slot} as it is now; empty where it is not installed any more. */
        Optional<PluginInfo> publish(PluginSlot slot);
    }

    Engine(LifecycleThread thread, Slots slots, Hosting hosting, Leave leave, Journal journal, Snapshots snapshots) {
        this.thread = thread;
        this.slots = slots;
        this.hosting = hosting;
        this.journal = journal;
        this.snapshots = snapshots;
        this.supervisor =
                new Supervisor(thread, slots, journal, hosting.quarantines(), hosting.resources(), this::touch);
        this.requests = new Requests(this, slots, journal, supervisor, leave);
        this.probes = new Probes(thread, this, supervisor, journal);
        this.readiness = new Readiness(this, slots, leave);
        this.watch = new Watch(this, slots, hosting, journal);
        this.memory = new MemoryWatch(thread, slots, this, hosting, journal);
        this.dormancy = new Dormancy(hosting.messaging(), slots);
        this.closing = new Closing(thread, slots, journal);
        this.outcomes = new Outcomes(slots, journal, closing, supervisor);
    }

    Future<PluginInfo> submit(PluginSlot slot, Request request) {
        if (isClosing()) {
            return Future.failedFuture(Lifecycle.closed());
        }
        Operation operation = new Operation(request);
        slot.operations.add(operation);
        touch(slot);
        return operation.promise().future();
    }

    boolean isClosing() {
        return closing.isUnderWay();
    }

    /** The situation of {@code slot} may have changed. */
    void touch(PluginSlot slot) {
        touched.add(slot);
        if (!pumping) {
            pumping = true;
            thread.execute(this::pump);
        }
    }

    /** Whatever should run and does not may be able to now. */
    void touchPending() {
        slots.waiting().forEach(this::touch);
    }

    /** Whatever of {@code those} is not as it is wanted, whether or not anything about it has changed. */
    void touchUnsettled(Collection<PluginSlot> those) {
        for (PluginSlot slot : those) {
            if (!slot.operations.isEmpty() || (slot.isDown() && slot.shouldRun()) || (slot.isUp() && isLeaving(slot))) {
                touch(slot);
            }
        }
    }

    /**
     * @param hosted what {@code slot} hosts or hosted until now: those that it used may have waited for it to go, also where nothing that
     *     is wanted joins them any more
     */
    private void touchNeighbours(PluginSlot slot, HostedPlugin hosted) {
        Resolution resolution = slots.resolution(slot.id);
        slots.usersOf(slot).forEach(this::touch);
        hosted.providers().forEach(provider -> touch(slots.of(provider.id())));
        resolution.dependentsOf(slot.id).forEach(id -> slots.find(id).ifPresent(this::touch));
        resolution.dependenciesOf(slot.id).forEach(id -> slots.find(id).ifPresent(this::touch));
    }

    private void pump() {
        try {
            while (!touched.isEmpty()) {
                PluginSlot slot = touched.iterator().next();
                touched.remove(slot);
                attempt(slot);
            }
        } finally {
            pumping = false;
            if (!touched.isEmpty()) {
                touch(touched.iterator().next());
            }
        }
        closing.look();
    }

    /** An error of the kernel's own must not leave anybody waiting, nor the other slots untouched. */
    private void attempt(PluginSlot slot) {
        try {
            step(slot);
        } catch (RuntimeException | Error e) {
            LOG.error("A decision about plugin '{}' failed; this is an error of the kernel", slot.id, e);
            PluginException known = Outcomes.known(slot, e);
            slot.fail(known, Step.LOAD.label());
            slot.held = true;
            try {
                slots.seen(slot);
                snapshots.publish(slot);
            } finally {
                requests.refuse(slot, known);
            }
        }
    }

    private void step(PluginSlot slot) {
        requests.begin(slot);
        if (!slot.busy) {
            decide(slot);
        }
        dormancy.update(slot);
        requests.settle(slot);
        if (slot.isDown() && slot.operations.isEmpty() && !slot.shouldRun()) {
            // Nothing will bring it up.
            slot.turnAway(() -> Activation.obstacle(slot));
        }
        freed(slot);
        slots.seen(slot);
        snapshots.publish(slot);
    }

    private void decide(PluginSlot slot) {
        if (slot.hosted == null) {
            slot.blocked = slot.respite == null ? null : slot.respite.why();
            if (slot.shouldRun() && slot.respite == null && !isClosing()) {
                readiness.of(slot, this::bringUp);
            }
        } else if (readiness.isLeaving(slot)) {
            Set<PluginSlot> users = slots.usersOf(slot);
            users.forEach(this::touch);
            // Those of one that comes back alone may be on their way down all the same.
            if (users.stream().allMatch(user -> slot.comesBackAlone() && !readiness.isLeaving(user))) {
                takeDown(slot);
            }
        }
    }

    private void bringUp(PluginSlot slot, PluginRecord record, List<HostedPlugin> providers) {
        HostedPlugin hosted = new HostedPlugin(
                hosting, thread, record, slot.config, providers, (failed, cause) -> crashed(slot, failed, cause));
        slots.use(slot, hosted);
        slots.pin(slot, record);
        slot.busy = true;
        hosting.gate()
                .grants()
                .requests(slot.id, record.manifest().version().toString(), permissions(record.manifest()));
        memory.begins(slot.id);
        journal.enter(slot, PluginState.LOADING);
        hosting.curtailed(record.manifest()).forEach(line -> LOG.info("Plugin '{}': {}", slot.id, line));
        hosted.bringUp(state -> journal.enter(slot, state)).onComplete(up -> {
            slot.busy = false;
            touch(slot);
            touchNeighbours(slot, hosted);
            if (up.succeeded()) {
                slots.usersOf(slot)
                        .forEach(user -> Objects.requireNonNull(user.hosted).providedBy(hosted));
                outcomes.cameUp(slot);
                probes.begin(slot, hosted);
            } else {
                hosting.gate().grants().stopped(slot.id);
                outcomes.failed(slot, hosted, up.cause());
            }
        });
    }

    private void takeDown(PluginSlot slot) {
        HostedPlugin hosted = slot.hosted;
        if (hosted == null) {
            return;
        }
        slot.busy = true;
        if (slot.crash != null) {
            hosted.abrupt();
        }
        slot.reason = null;
        journal.enter(slot, PluginState.STOPPING);
        hosted.takeDown().onComplete(down -> {
            slot.busy = false;
            watch.gone(hosted);
            memory.gone(slot.id);
            slots.release(slot);
            probes.gone(hosted);
            touch(slot);
            touchNeighbours(slot, hosted);
            hosting.gate().grants().stopped(slot.id);
            outcomes.wentDown(slot, hosted, down.succeeded() ? down.result() : List.of(down.cause()));
            slot.restart = false;
        });
    }

    /** Do {@code then} where {@code config} fits the schema of {@code slot}'s plugin; where not, what was asked fails. */
    void ifFits(PluginSlot slot, JsonObject config, Runnable then) {
        PluginRecord record = slots.current(slot).orElseThrow();
        slot.busy = true;
        PluginFiles files = PluginFiles.of(hosting, record);
        thread.aside(hosting.blocking(), () -> files.checked(config)).onComplete(checked -> {
            slot.busy = false;
            touch(slot);
            if (checked.succeeded()) {
                then.run();
            } else {
                outcomes.misfit(slot, checked.cause());
            }
        });
    }

    /** Let {@code hosted} take {@code config} while it runs; the old one stays where it fails. */
    void configure(PluginSlot slot, HostedPlugin hosted, JsonObject config) {
        slot.busy = true;
        hosted.configure(config).onComplete(taken -> {
            slot.busy = false;
            touch(slot);
            if (taken.succeeded()) {
                slot.config = config;
            } else {
                outcomes.refused(slot, taken.cause());
            }
        });
    }

    /** Mark what {@code slot}, which is down, stores, then delete all that is installed of it; meanwhile nothing else happens to it. */
    void delete(PluginSlot slot, Consumer<@Nullable Throwable> then) {
        Future<Void> deleted = thread.aside(hosting.blocking(), () -> slots.artifacts(slot.id))
                .compose(artifacts -> thread.here(hosting.storages().left(slot.id, artifacts)))
                .compose(marked -> thread.aside(hosting.blocking(), () -> slots.delete(slot.id)));
        slot.busy = true;
        deleted.onComplete(done -> {
            slot.busy = false;
            slots.resolveAgain(slot);
            touch(slot);
            then.accept(done.cause());
        });
    }

    /** {@code slot}'s code would not give its thread back. */
    void gaveUpThread(PluginSlot slot, StepException cause) {
        slot.fail(cause, cause.step());
        slot.held = true;
        touch(slot);
        if (slot.hosted != null) {
            touchNeighbours(slot, slot.hosted);
        }
    }

    /** Give {@code slot} no more slices, for {@code why}, until that is asked otherwise. */
    void suspend(PluginSlot slot, String why) {
        slot.suspension = why;
        outcomes.suspend(slot);
    }

    /** The same, for the memory that it holds; a restart of the node does not end it. */
    void suspendForMemory(PluginSlot slot, String why) {
        slot.memorySuspension = true;
        suspend(slot, why);
        watch.cutShort(slot);
        // Behind what helps: where memory is short, storing may find none.
        hosting.quarantines().keepSuspended(slot.id, why);
        show(slot);
    }

    /** {@code slot} is suspended no more. */
    private void freed(PluginSlot slot) {
        if (slot.memorySuspension && slot.suspension == null) {
            slot.memorySuspension = false;
            hosting.quarantines().forgetSuspended(slot.id);
        }
    }

    /** Take {@code hosted}, which {@code slot} hosts, down for {@code cause}, and start it only once it is released. */
    void evict(PluginSlot slot, HostedPlugin hosted, StepException cause) {
        if (slot.hosted == hosted && slot.crash == null) {
            slot.evicted = true;
            crashed(slot, hosted, cause);
        }
    }

    /** Let {@code slot} go on. */
    void resume(PluginSlot slot) {
        outcomes.resume(slot);
    }

    /** {@code hosted}, which {@code slot} hosts or hosted, failed while it ran. */
    void crashed(PluginSlot slot, HostedPlugin hosted, StepException cause) {
        if (slot.hosted != hosted || slot.crash != null || isClosing()) {
            return;
        }
        slot.crash = cause;
        slot.alone = hosted.record().manifest().exports().isEmpty()
                && supervisor.rules(slot).strategy() == RestartStrategy.ONE_FOR_ONE
                && supervisor.rules(slot).restart() != RestartPolicy.TEMPORARY;
        touch(slot);
        touchNeighbours(slot, hosted);
    }

    /** Plugins wait for each other, which nothing but ending one of them can end. */
    void fence(Deadlock deadlock) {
        watch.fence(deadlock);
    }

    /** Look what plugins retain, as far as it is time for that. */
    void checkMemory() {
        memory.look();
    }

    /** Count what plugins retain now. */
    Future<Void> measure() {
        return memory.measure();
    }

    JsonObject check() {
        probes.look();
        return watch.check();
    }

    /** How {@code slot} is supervised, and what came of that. */
    Supervised supervised(PluginSlot slot) {
        return supervisor.of(slot);
    }

    /** Quarantine again what was when the node ended; before anything is started. */
    void restore() {
        supervisor.restore();
        hosting.quarantines().foundSuspended().forEach((id, why) -> {
            PluginSlot slot = slots.of(id);
            if (!slots.isInstalled(slot)) {
                slots.forget(id);
                hosting.quarantines().forgetSuspended(id);
                return;
            }
            slot.memorySuspension = true;
            slot.suspension = why + " The node was started again since.";
            slots.seen(slot);
        });
        slots.all().forEach(snapshots::publish);
    }

    /** {@code slot}, which is down and failed or waits to be started again, may start at once: there is another artifact of it. */
    void tryAgain(PluginSlot slot) {
        supervisor.free(slot);
        slot.alone = false;
        slots.unpin(slot);
        touch(slot);
        slots.usersOf(slot).forEach(this::touch);
    }

    /** Take everything down; {@link Closing} says what happens to what does not go. */
    Future<Void> close(Duration deadline) {
        if (!closing.isUnderWay()) {
            closing.begin(deadline);
            memory.close();
            for (PluginSlot slot : slots.all()) {
                requests.refuse(slot, Lifecycle.closed());
                touch(slot);
            }
            thread.execute(closing::look);
        }
        return closing.done();
    }

    private static List<Permission> permissions(PluginManifest manifest) {
        return manifest.permissions().stream()
                .map(requested -> Permission.parse(requested.permission()))
                .toList();
    }

    boolean isLeaving(PluginSlot slot) {
        return readiness.isLeaving(slot);
    }

    /** {@code slot}'s plugin is not installed any more. */
    void forget(PluginSlot slot) {
        slot.endRespite();
        dormancy.forget(slot);
        watch.forget(slot);
        probes.forget(slot);
        slots.forget(slot.id);
    }

    /** Let others see {@code slot} as it is now. */
    void show(PluginSlot slot) {
        snapshots.publish(slot);
    }

    /** The request was fulfilled. */
    void answer(PluginSlot slot, Operation operation) {
        snapshots
                .publish(slot)
                .ifPresentOrElse(
                        info -> operation.promise().tryComplete(info),
                        () -> operation.promise().tryFail(Requests.removed(slot)));
    }

    /** {@code slot}'s plugin is removed: whatever has its id next is another one. */
    void removed(PluginSlot slot) {
        hosting.resources().removed(slot.id);
    }

    /** {@code slot}'s plugin is unloaded: what its manifest requests does not count any more, and what it keeps for others goes. */
    void unloaded(PluginSlot slot) {
        hosting.gate().grants().forget(slot.id);
        hosting.messaging().unloaded(slot.id);
        hosting.resources().unloaded(slot.id);
    }
}
