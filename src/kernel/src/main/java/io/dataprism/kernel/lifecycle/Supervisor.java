package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Resources;
import io.dataprism.kernel.supervision.FailureRecord;
import io.dataprism.kernel.supervision.Quarantine;
import io.dataprism.kernel.supervision.Supervision;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.dataprism.kernel.supervision.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a plugin that failed: it rests, is started again after a pause, or is quarantined. Owned by the lifecycle thread.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int LONGEST_STACK = 8_000;
    /** Of ten seconds each, so many of the last in which it used anything. */
    private static final int CURVE = 60;

    private final LifecycleThread thread;
    private final Slots slots;
    private final Journal journal;
    private final QuarantineStore store;
    private final Resources resources;
    private final Consumer<PluginSlot> touch;

    /**
     * @param resources what plugins used, which is evidence
     * @param touch is given a slot whose pause is over
     */
    Supervisor(
            LifecycleThread thread,
            Slots slots,
            Journal journal,
            QuarantineStore store,
            Resources resources,
            Consumer<PluginSlot> touch) {
        this.thread = thread;
        this.slots = slots;
        this.journal = journal;
        this.store = store;
        this.resources = resources;
        this.touch = touch;
    }

    /** The rules for {@code slot}: the operator's, else the manifest's, else the usual. */
    Supervision rules(PluginSlot slot) {
        SupervisionTerms declared = slots.current(slot)
                .map(record -> record.manifest().supervision().ofAuthor())
                .orElse(SupervisionTerms.NONE);
        return slot.terms.or(declared).settled();
    }

    /** {@code slot}, in state {@code error}, failed with {@code cause}; it is down. */
    void failed(PluginSlot slot, PluginException cause, Duration ran) {
        FailureRecord failure = record(slot, cause, ran);
        Verdict verdict = slot.history.failed(
                failure,
                System.nanoTime(),
                slot.asked,
                rules(slot),
                ThreadLocalRandom.current().nextDouble());
        if (verdict instanceof Verdict.Again again) {
            pause(slot, cause, again);
        } else if (verdict instanceof Verdict.GivenUp) {
            PluginException tooOften = tooOften(slot, cause);
            slot.fail(tooOften, failure.step());
            quarantine(slot, true);
        } else {
            hold(slot, cause);
        }
    }

    /**
     * {@code slot}, which has a cause, would not give its thread back.
     *
     * @param outlives whether it is still quarantined when the node starts again
     */
    void stuck(PluginSlot slot, Duration ran, boolean outlives) {
        PluginException cause = slot.cause;
        if (cause != null) {
            slot.history.note(record(slot, cause, ran));
        }
        quarantine(slot, outlives);
    }

    private static FailureRecord record(PluginSlot slot, PluginException cause, Duration ran) {
        String step = slot.failure == null ? Step.LOAD.label() : slot.failure.step();
        return new FailureRecord(
                Instant.now(), cause.code(), step, String.valueOf(cause.getMessage()), stack(cause), ran);
    }

    /** Where it failed, as the log shows it; what a plugin threw was copied in its slice. */
    private static String stack(PluginException cause) {
        if (!(cause.getCause() instanceof SafeFailure thrown)) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        String whole = text.toString();
        return whole.length() <= LONGEST_STACK ? whole : whole.substring(0, LONGEST_STACK) + "…";
    }

    private PluginException tooOften(PluginSlot slot, PluginException cause) {
        return new PluginException(
                "DP-0660",
                "Plugin '" + slot.id + "' is quarantined: it failed "
                        + rules(slot).intensity().text()
                        + ", the last time so: " + cause.getMessage()
                        + " Mend it and release it: dataprism plugins release " + slot.id
                        + ". Another version of it is tried without that.",
                cause);
    }

    private void pause(PluginSlot slot, PluginException cause, Verdict.Again again) {
        Duration pause = again.pause();
        Instant until = Instant.now().plus(pause);
        PluginException why = new PluginException(
                "DP-0664",
                "Plugin '" + slot.id + "' failed and is started again in " + Quantity.time(pause) + " ("
                        + again.failures() + " of " + rules(slot).intensity().text() + "): " + cause.getMessage(),
                cause);
        LOG.info(
                "Plugin '{}' is started again in {} ms ({} of {})",
                slot.id,
                pause.toMillis(),
                again.failures(),
                rules(slot).intensity().text());
        slot.respite = new Respite(why, until, thread.after(pause, () -> over(slot)));
        slot.turnAway(() -> cause);
    }

    private void over(PluginSlot slot) {
        slot.respite = null;
        if (slots.has(slot)) {
            touch.accept(slot);
        }
    }

    /** It stays down until somebody asks for it, or another artifact is there. */
    void hold(PluginSlot slot, PluginException cause) {
        slot.tried = slot.pinned == null ? slot.tried : slot.pinned;
        slots.unpin(slot);
        slot.held = true;
        slot.alone = false;
        slot.turnAway(() -> cause);
    }

    private void quarantine(PluginSlot slot, boolean outlives) {
        PluginFailure failure = slot.failure;
        PluginException cause = slot.cause;
        if (failure == null || cause == null) {
            throw new IllegalStateException("Plugin '" + slot.id + "' is to be quarantined without a cause");
        }
        Quarantine quarantine = new Quarantine(
                Instant.now(),
                failure.code(),
                failure.step(),
                failure.message(),
                slot.history.shown(),
                resources.curve(slot.id, CURVE),
                slots.artifacts(slot.id));
        slot.quarantine = quarantine;
        journal.enter(slot, PluginState.QUARANTINED);
        hold(slot, cause);
        if (outlives) {
            store.keep(slot.id, quarantine);
        }
    }

    /** {@code slot} may start again; it does where it is wanted. */
    void release(PluginSlot slot, String by) {
        slot.released = Optional.of(new Supervised.Release(Instant.now(), by));
        journal.released(slot.id, by);
        free(slot);
    }

    /** The quarantine of {@code slot}, if any, is over. */
    void free(PluginSlot slot) {
        if (slot.quarantine != null) {
            slot.quarantine = null;
            store.forget(slot.id);
        }
        slot.forgetFailure();
        slot.startOver();
        if (slot.state == PluginState.QUARANTINED) {
            journal.enter(slot, PluginState.INSTALLED);
        }
    }

    /** Quarantine again what was quarantined when the node ended. */
    void restore() {
        store.found().forEach((id, quarantine) -> {
            PluginSlot slot = slots.of(id);
            if (!slots.isInstalled(slot)) {
                slots.forget(id);
                store.forget(id);
                return;
            }
            slot.quarantine = quarantine;
            quarantine.evidence().forEach(slot.history::note);
            slot.fail(new PluginException(quarantine.code(), quarantine.message()), quarantine.step());
            slot.seen = slots.versionsAmong(id, quarantine.artifacts());
            slot.held = true;
            journal.enter(slot, PluginState.QUARANTINED);
            slots.seen(slot);
            // What was installed meanwhile is worth a try: the next look at what is installed finds it.
            slots.newsAgain(id);
        });
    }

    /** What there is to tell of {@code slot}. */
    Supervised of(PluginSlot slot) {
        return new Supervised(
                rules(slot),
                slot.history.shown(),
                Optional.ofNullable(slot.respite).map(Respite::until),
                Optional.ofNullable(slot.quarantine),
                slot.released,
                slot.hosted == null ? Optional.empty() : Optional.ofNullable(slot.health));
    }

    /** The failure of what is asked of a plugin that is quarantined. */
    static PluginException quarantined(PluginSlot slot) {
        PluginException cause = slot.cause;
        String why = cause == null ? "" : " " + cause.getMessage();
        return new PluginException(
                cause == null ? "DP-0660" : cause.code(),
                cause != null && "DP-0660".equals(cause.code())
                        ? String.valueOf(cause.getMessage())
                        : "Plugin '" + slot.id
                                + "' is quarantined and starts only once it is released: dataprism plugins release "
                                + slot.id + "." + why,
                cause);
    }

    /** The failure of what releases a plugin that is free. */
    static PluginException notQuarantined(PluginSlot slot) {
        return new PluginException(
                "DP-0661",
                "Plugin '" + slot.id + "' is not quarantined but " + slot.state.label()
                        + ". Start it, if you want it to run: dataprism plugins start " + slot.id);
    }
}
