package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.registry.PluginState;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a slot once a step was carried out: its state, its failure, and who is told. Owned by the lifecycle thread. */
final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private final Slots slots;
    private final Journal journal;
    private final Closing closing;
    private final Supervisor supervisor;

    Outcomes(Slots slots, Journal journal, Closing closing, Supervisor supervisor) {
        this.supervisor = supervisor;
        this.slots = slots;
        this.journal = journal;
        this.closing = closing;
    }

    /** It runs. */
    void cameUp(PluginSlot slot) {
        slot.fallback = null;
        slot.cause = null;
        slot.failure = null;
        slot.asked = false;
        slot.health = null;
        slot.alone = false;
        slot.upSince = System.nanoTime();
        journal.enter(slot, PluginState.RUNNING);
        suspend(slot);
        slot.welcome();
    }

    /** Hold {@code slot}, which is up, as is asked, also where it has just come up again by itself. */
    void suspend(PluginSlot slot) {
        if (slot.suspension != null && slot.hosted != null) {
            slot.hosted.suspend(slot.suspension);
            slot.reason = slot.suspension;
            journal.enter(slot, PluginState.SUSPENDED);
        }
    }

    /** Let {@code slot}, which is up, go on. */
    void resume(PluginSlot slot) {
        slot.suspension = null;
        if (slot.hosted != null && slot.state == PluginState.SUSPENDED) {
            slot.hosted.suspend(null);
            slot.reason = null;
            journal.enter(slot, PluginState.RUNNING);
        }
    }

    /** It did not come up. */
    void failed(PluginSlot slot, HostedPlugin hosted, Throwable cause) {
        slots.release(slot);
        PluginException known = known(slot, cause);
        slot.fail(known, cause instanceof StepException step ? step.step() : Step.LOAD.label());
        journal.enter(slot, PluginState.ERROR);
        PluginSlot.Previous previous = slot.fallback;
        slot.fallback = null;
        slot.crash = null;
        if (hosted.stuck()) {
            quarantine(slot, hosted, Duration.ZERO);
        } else if (previous != null) {
            goBack(slot, previous, known);
        } else if (slot.shouldRun() && !closing.isUnderWay()) {
            supervisor.failed(slot, known, Duration.ZERO);
        } else {
            supervisor.hold(slot, known);
        }
    }

    private void goBack(PluginSlot slot, PluginSlot.Previous previous, PluginException cause) {
        slot.pinned = previous.record();
        slot.config = previous.config();
        slot.range = previous.range();
        slot.setback = new PluginException(
                "DP-0824",
                "Plugin '" + slot.id + "' could not be changed, and is brought back as "
                        + previous.record().version() + ", as it was: " + cause.getMessage(),
                cause);
        slots.resolveAgain(slot);
    }

    private void quarantine(PluginSlot slot, HostedPlugin hosted, Duration ran) {
        if (slot.cause == null) {
            slot.fail(Lifecycle.closed(), Step.STOP.label());
        }
        // At the end of the node it had less time than it is due: the next start is not held against that.
        supervisor.stuck(slot, ran, !closing.isUnderWay());
        closing.keepsThread(slot);
        hosted.lostThread().ifPresent(why -> journal.threadLost(slot.id, why));
    }

    /** {@code cause} as a failure with a code. */
    static PluginException known(PluginSlot slot, Throwable cause) {
        return cause instanceof PluginException known
                ? known
                : new PluginException("DP-0814", "Plugin '" + slot.id + "' failed: " + cause + ". See the log.", cause);
    }

    /**
     * It is down.
     *
     * @param failures of undoing what it had
     */
    void wentDown(PluginSlot slot, HostedPlugin hosted, List<Throwable> failures) {
        StepException crash = slot.crash;
        slot.crash = null;
        boolean evicted = slot.evicted;
        slot.evicted = false;
        Duration ran = Duration.ofNanos(System.nanoTime() - slot.upSince);
        if (crash != null && !hosted.stuck()) {
            crashed(slot, crash, failures, ran, evicted);
            return;
        }
        if (failures.isEmpty() && !hosted.stuck()) {
            journal.enter(slot, PluginState.STOPPED);
            release(slot);
            return;
        }
        if (crash != null) {
            slot.fail(crash, crash.step());
        }
        if (!failures.isEmpty()) {
            Throwable first = failures.get(0);
            slot.fail(known(slot, first), first instanceof StepException step ? step.step() : Step.STOP.label());
        }
        journal.enter(slot, PluginState.ERROR);
        if (hosted.stuck()) {
            quarantine(slot, hosted, ran);
        } else {
            release(slot);
        }
    }

    /** It failed while it ran; what else failed while it went down is in the log. */
    private void crashed(
            PluginSlot slot, StepException crash, List<Throwable> failures, Duration ran, boolean evicted) {
        failures.forEach(further -> LOG.warn("{}", further.getMessage(), further));
        slot.fail(crash, crash.step());
        journal.enter(slot, PluginState.ERROR);
        if (evicted) {
            supervisor.stuck(slot, ran, true);
            // Its quarantine holds it now: once released, it is a new life that has retained nothing yet.
            slot.suspension = null;
        } else if (slot.restart || !slot.shouldRun() || closing.isUnderWay()) {
            // Somebody asked for something else meanwhile, which is what happens.
            release(slot);
        } else {
            supervisor.failed(slot, crash, ran);
        }
    }

    /** One that does not come up again by itself keeps to no version. */
    private void release(PluginSlot slot) {
        if (!slot.shouldRun()) {
            slots.unpin(slot);
        }
    }

    /** A configuration does not fit its schema; nothing was done with it. */
    void misfit(PluginSlot slot, Throwable cause) {
        slot.setback = known(slot, cause);
    }

    /** It did not take a configuration while it ran, and goes on with the one it has. */
    void refused(PluginSlot slot, Throwable cause) {
        PluginException known = known(slot, cause);
        slot.setback = new PluginException(
                "DP-0825",
                "Plugin '" + slot.id + "' did not take its new configuration and goes on with the old one: "
                        + known.getMessage(),
                known);
        journal.warn(
                slot.id,
                "configure-failed",
                new PluginFailure("DP-0825", String.valueOf(slot.setback.getMessage()), Step.CONFIGURE.label()));
    }
}
