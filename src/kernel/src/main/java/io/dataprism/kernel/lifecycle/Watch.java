package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.sandbox.JvmCaches;
import io.dataprism.sandbox.UnloadWatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periodic look: slices that do not end, plugins that idle, jars that nobody reads, loaders that are not collected. Owned by the lifecycle thread.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    /** Checks after which a loader that is not collected is worth a garbage collection, new threads, and a report. */
    private static final int NUDGE = 5;

    private static final int RENEW = 10;
    private static final int REPORT = 60;

    private final Engine engine;
    private final Slots slots;
    private final Hosting hosting;
    private final Journal journal;
    private final Map<UnloadWatch.Waiting, Integer> unloading = new HashMap<>();
    private final Set<HostedPlugin> freeing = new HashSet<>();
    private final LongSlices longSlices;
    private final Checks<PluginId> looks = new Checks<>(new Looks());
    private final IdleTimes idle = new IdleTimes();
    private final Lookout lookout;
    private final Throttling throttling;

    Watch(Engine engine, Slots slots, Hosting hosting, Journal journal) {
        this.engine = engine;
        this.slots = slots;
        this.lookout = new Lookout(slots, hosting.deployer().stirred().reader());
        this.hosting = hosting;
        this.journal = journal;
        this.longSlices = new LongSlices(journal);
        this.throttling = new Throttling(journal);
    }

    /** Look at those whose turn it is, act, and answer what was seen. */
    JsonObject check() {
        JsonArray stuck = new JsonArray();
        Collection<PluginSlot> turn = lookout.next();
        for (PluginSlot slot : turn) {
            if (lookAt(slot)) {
                stuck.add(slot.id.value());
            }
        }
        longSlices.look();
        throttling.share();
        looks.retain(id -> slots.find(id).isPresent());
        engine.touchUnsettled(turn);
        return new JsonObject()
                .put("running", slots.running())
                .put("waiting", slots.waiting().size())
                .put("failed", slots.held())
                .put("stuck", stuck)
                .put("unloading", leaks())
                .put("native", new JsonArray(hosting.natives().names()));
    }

    /** {@code hosted} is down. */
    void gone(HostedPlugin hosted) {
        throttling.forget(hosted);
    }

    /** {@code slot} is looked at no more. */
    void forget(PluginSlot slot) {
        lookout.forget(slot);
    }

    /** Whether {@code slot} is stuck; what is wrong with the look at one must not keep the others from being looked at. */
    private boolean lookAt(PluginSlot slot) {
        AtomicBoolean stuck = new AtomicBoolean();
        boolean done = looks.run(slot.id, () -> {
            HostedPlugin hosted = slot.hosted;
            if (hosted != null) {
                boolean isLong = longSlices.show(hosted, hosting.deadlines().slice());
                stuck.set(slot.isUp() && (isStuck(slot) || isLong));
                boolean uses = throttling.look(slot, hosted);
                boolean reads = slot.isUp() && hosted.rest();
                lookAgain(slot, hosted, uses || reads);
            }
        });
        if (!done) {
            lookout.again(slot, Duration.ZERO);
        }
        return stuck.get();
    }

    /** Note when {@code slot} needs the next look, if it does so without running a slice; stop it where it has idled for long enough. */
    private void lookAgain(PluginSlot slot, HostedPlugin hosted, boolean reads) {
        Optional<Duration> left = idle.left(hosted);
        boolean stoppable = left.isPresent() && isStoppable(slot);
        if (isAwake(slot, hosted) || reads || (left.isPresent() && (!stoppable || idle.isAtWork(hosted)))) {
            lookout.again(slot, Duration.ZERO);
        } else {
            left.ifPresent(time -> lookout.again(slot, time));
        }
        if (stoppable && left.get().compareTo(Duration.ZERO) <= 0) {
            engine.submit(slot, new Request.Idle());
        }
    }

    private boolean isAwake(PluginSlot slot, HostedPlugin hosted) {
        return !slot.isUp()
                || freeing.contains(hosted)
                || hosted.mailbox()
                        .map(mailbox -> mailbox.sliceStartedNanos().isPresent())
                        .orElse(false);
    }

    /** Tells the operator which plugin can't be looked at. */
    private final class Looks implements Checks.Report<PluginId> {
        @Override
        public void failed(PluginId id, Throwable cause) {
            LOG.error("Plugin '{}' could not be checked; this is an error of the kernel", id, cause);
            String message = "Plugin '" + id + "' could not be checked: " + cause
                    + ". It may not be stopped when it idles or is stuck. This is an error of the kernel: report it.";
            journal.warn(id, "unchecked", new PluginFailure("DP-0835", message, "check"));
        }

        @Override
        public void recovered(PluginId id) {
            LOG.info("Plugin '{}' is checked again", id);
        }
    }

    private boolean isStuck(PluginSlot slot) {
        HostedPlugin hosted = slot.hosted;
        if (hosted == null || freeing.contains(hosted)) {
            return hosted != null;
        }
        Duration limit = hosting.deadlines().slice();
        if (!hosted.mailbox().map(mailbox -> isOver(mailbox, limit)).orElse(false)) {
            return false;
        }
        free(slot, hosted, limit, () -> hosted.tooLong(limit));
        return true;
    }

    private void free(PluginSlot slot, HostedPlugin hosted, Duration longerThan, Supplier<StepException> cause) {
        freeing.add(hosted);
        try {
            hosted.free(longerThan).onComplete(done -> {
                freeing.remove(hosted);
                freed(slot, hosted, cause.get());
            });
        } catch (RuntimeException | Error e) {
            // Or it would count as being freed for good.
            freeing.remove(hosted);
            throw e;
        }
    }

    /** Of the plugins in {@code deadlock}, fence off the one whose slice is the youngest: the others have waited for longer. */
    void fence(Deadlock deadlock) {
        PluginSlot youngest = null;
        for (PluginId id : deadlock.plugins()) {
            PluginSlot slot = slots.find(id).orElse(null);
            if (slot != null && isHeldIn(slot) && (youngest == null || began(slot) - began(youngest) > 0)) {
                youngest = slot;
            }
        }
        HostedPlugin hosted = youngest == null ? null : youngest.hosted;
        if (youngest != null && hosted != null) {
            free(youngest, hosted, Duration.ZERO, hosted::deadlocked);
        }
    }

    /** End the slice in which {@code slot}, which was suspended, is: nothing else keeps it from holding ever more. */
    void cutShort(PluginSlot slot) {
        HostedPlugin hosted = slot.hosted;
        if (hosted != null && isHeldIn(slot)) {
            free(slot, hosted, Duration.ZERO, hosted::cutShort);
        }
    }

    /** Whether {@code slot} runs a slice, and nobody is about to end that. */
    private boolean isHeldIn(PluginSlot slot) {
        HostedPlugin hosted = slot.hosted;
        return hosted != null && slot.isUp() && !hosted.stuck() && !freeing.contains(hosted) && began(slot) != 0;
    }

    private static long began(PluginSlot slot) {
        return slot.hosted == null
                ? 0
                : slot.hosted
                        .mailbox()
                        .map(Mailbox::sliceStartedNanos)
                        .orElseGet(OptionalLong::empty)
                        .orElse(0);
    }

    private static boolean isOver(Mailbox mailbox, Duration limit) {
        OptionalLong began = mailbox.sliceStartedNanos();
        return began.isPresent() && System.nanoTime() - began.getAsLong() > LifecycleThread.nanos(limit);
    }

    private void freed(PluginSlot slot, HostedPlugin hosted, StepException cause) {
        if (hosted.stuck() && slot.hosted == hosted) {
            engine.gaveUpThread(slot, cause);
        } else {
            journal.warn(
                    slot.id, "late", new PluginFailure(cause.code(), String.valueOf(cause.getMessage()), cause.step()));
        }
    }

    private boolean isStoppable(PluginSlot slot) {
        return slot.isUp()
                && slot.suspension == null
                && slot.operations.isEmpty()
                && slots.usersOf(slot).isEmpty();
    }

    /** How many loaders were closed and are not collected; what helps is done, rarely and all for one. */
    private int leaks() {
        hosting.unloaded().collected();
        List<UnloadWatch.Waiting> waiting = hosting.unloaded().waiting();
        unloading.keySet().retainAll(waiting);
        boolean nudge = false;
        boolean renew = false;
        for (UnloadWatch.Waiting loader : waiting) {
            int checks = unloading.merge(loader, 1, Integer::sum);
            if (checks == NUDGE) {
                // What still runs of it keeps it, and has no business any more.
                loader.condemn();
            }
            nudge |= checks == NUDGE || checks == RENEW + NUDGE;
            renew |= checks == RENEW;
            if (checks == REPORT) {
                tellLeak(loader);
            }
        }
        if (renew) {
            hosting.deployer().renewThreads();
        }
        if (nudge) {
            hosting.blocking().execute(() -> {
                JvmCaches.refill();
                System.gc();
            });
        }
        return waiting.size();
    }

    private void tellLeak(UnloadWatch.Waiting loader) {
        hosting.blocking().execute(() -> {
            List<String> holders = loader.holders();
            String held = holders.isEmpty()
                    ? "nothing known holds it; take a heap dump and look for its class loader"
                    : "it is held by " + String.join(", ", holders);
            journal.leak(
                    loader.name(),
                    new PluginFailure(
                            "DP-0828",
                            "Plugin " + loader.name() + " was unloaded, but its classes are still in memory: " + held
                                    + ".",
                            "unload"));
        });
    }
}
