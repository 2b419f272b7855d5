package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.registry.PluginState;
import java.util.List;

/** What becomes of a slot once a step was carried out: its state, its failure, and who is told. Owned by the lifecycle thread. */
final class Outcomes {
    private final Slots slots;
    private final Journal journal;
    private final Closing closing;

    Outcomes(Slots slots, Journal journal, Closing closing) {
        this.slots = slots;
        this.journal = journal;
        this.closing = closing;
    }

    /** It runs. */
    void cameUp(PluginSlot slot) {
        slot.fallback = null;
        slot.cause = null;
        slot.failure = null;
        journal.enter(slot, PluginState.RUNNING);
        slot.welcome();
    }

    /** It did not come up. */
    void failed(PluginSlot slot, HostedPlugin hosted, Throwable cause) {
        slots.release(slot);
        PluginException known = known(slot, cause);
        slot.fail(known, cause instanceof StepException step ? step.step() : Step.LOAD.label());
        journal.enter(slot, PluginState.ERROR);
        PluginSlot.Previous previous = slot.fallback;
        slot.fallback = null;
        if (hosted.stuck()) {
            quarantine(slot);
        } else if (previous != null) {
            goBack(slot, previous, known);
        } else {
            hold(slot, known);
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

    private void hold(PluginSlot slot, PluginException cause) {
        slot.tried = slot.pinned == null ? slot.tried : slot.pinned;
        slots.unpin(slot);
        slot.held = true;
        slot.turnAway(() -> cause);
    }

    private void quarantine(PluginSlot slot) {
        journal.enter(slot, PluginState.QUARANTINED);
        PluginException cause = slot.cause;
        hold(slot, cause == null ? Lifecycle.closed() : cause);
        closing.keepsThread(slot);
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
        if (failures.isEmpty() && !hosted.stuck()) {
            journal.enter(slot, PluginState.STOPPED);
            release(slot);
            return;
        }
        if (!failures.isEmpty()) {
            Throwable first = failures.get(0);
            slot.fail(known(slot, first), first instanceof StepException step ? step.step() : Step.STOP.label());
        }
        journal.enter(slot, PluginState.ERROR);
        if (hosted.stuck()) {
            quarantine(slot);
        } else {
            release(slot);
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
