package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Events;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out transitions: checks that they are allowed, writes them to the log, publishes them as {@code plugin.<id>.<state>}. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger("io.dataprism.audit.lifecycle");

    /** The states that a plugin only passes through. */
    private static final Set<PluginState> PASSING =
            Set.of(PluginState.INSTALLED, PluginState.LOADING, PluginState.INITIALIZED, PluginState.STOPPING);

    private final Events events;
    private final Consumer<PluginSlot> shown;
    private final AuditTrail trail;
    private final LogLimit logged = new LogLimit();
    private final LongAdder lost = new LongAdder();

    /**
     * @param events where transitions are published
     * @param shown is given each slot before others are told of it
     * @param trail where it is kept
     */
    Journal(Events events, Consumer<PluginSlot> shown, AuditTrail trail) {
        this.events = events;
        this.shown = shown;
        this.trail = trail;
    }

    /** Let {@code slot} enter {@code next}; nothing happens where it is there already. */
    void enter(PluginSlot slot, PluginState next) {
        if (slot.state == next) {
            return;
        }
        if (!slot.state.mayBecome(next)) {
            throw new IllegalStateException(
                    "Plugin '" + slot.id + "' cannot go from " + slot.state.label() + " to " + next.label());
        }
        PluginState from = slot.state;
        slot.state = next;
        slot.since = Instant.now();
        slot.note(new Transition(slot.since, from, next, why(slot)));
        shown.accept(slot);
        keep(slot, from, slot.failure);
        tell(slot, from, slot.failure);
    }

    private static String why(PluginSlot slot) {
        boolean failed = slot.state == PluginState.ERROR || slot.state == PluginState.QUARANTINED;
        if (failed && slot.failure != null) {
            return slot.failure.code() + " " + slot.failure.message();
        }
        return slot.reason == null ? "" : slot.reason;
    }

    /** The audit gets the failure's code alone: what a plugin throws may hold its secrets. */
    private void keep(PluginSlot slot, PluginState from, @Nullable PluginFailure failure) {
        if (PASSING.contains(slot.state)) {
            return;
        }
        String what = "plugin-" + slot.state.label();
        String version = slot.pinned == null ? "" : " " + slot.pinned.version();
        boolean failed = slot.state == PluginState.ERROR || slot.state == PluginState.QUARANTINED;
        String why = failed && failure != null
                ? failure.code() + " at the step " + failure.step() + "; the node's log has the cause"
                : slot.reason != null ? slot.reason : "it was " + from.label();
        String target = "plugin:" + slot.id + version;
        trail.changed(
                failed
                        ? AuditEntry.failed(Actor.KERNEL, what, target, why)
                        : AuditEntry.done(Actor.KERNEL, what, target, why));
    }

    private void tell(PluginSlot slot, PluginState from, @Nullable PluginFailure failure) {
        JsonObject body = new JsonObject()
                .put("id", slot.id.value())
                .put("from", from.label())
                .put("state", slot.state.label())
                .put("at", slot.since.toString());
        if (slot.pinned != null) {
            body.put("version", slot.pinned.version().toString());
        }
        if (slot.reason != null) {
            body.put("reason", slot.reason);
        }
        boolean failed = slot.state == PluginState.ERROR || slot.state == PluginState.QUARANTINED;
        if (failed && failure != null) {
            body.put("error", failure.toJson());
            LOG.warn(
                    "plugin {} {} -> {}: {}", slot.id, from.label(), slot.state.label(), failure.message(), slot.cause);
        } else {
            LOG.info(
                    "plugin {} {} -> {}{}",
                    slot.id,
                    from.label(),
                    slot.state.label(),
                    slot.reason == null ? "" : ": " + slot.reason);
        }
        publish("plugin." + slot.id + "." + slot.state.label(), body);
    }

    /** The quarantine of {@code id} is over, since {@code by} said so. */
    void released(PluginId id, String by) {
        LOG.info("plugin {} is released by {}", id, by);
        trail.changed(AuditEntry.done(Actor.KERNEL, "plugin-released", "plugin:" + id, "by " + by));
        publish(
                "plugin." + id + ".released",
                new JsonObject().put("id", id.value()).put("by", by));
    }

    /** A warning about a plugin that is no transition. */
    void warn(PluginId id, String topic, PluginFailure failure) {
        logged.say(
                id + " " + topic, more -> LOG.warn("plugin {}: {} {}{}", id, failure.code(), failure.message(), more));
        publish(
                "plugin." + id + "." + topic,
                new JsonObject().put("id", id.value()).put("error", failure.toJson()));
    }

    /** A plugin's code runs for long without a pause; no transition. */
    void stuck(PluginId id, Frames frames, long millis) {
        logged.say(
                id + " stuck",
                more -> LOG.warn(
                        "plugin {}: DP-0641 its code has run for {} ms without a pause: {}{}",
                        id,
                        millis,
                        frames.text(),
                        more));
        publish(
                "plugin." + id + ".stuck",
                frames.toJson().put("id", id.value()).put("ms", millis).put("code", "DP-0641"));
    }

    /** A thread is lost to code of {@code id} until the process ends; that is quarantined. */
    void threadLost(PluginId id, StepException why) {
        lost.increment();
        publish(
                "kernel.thread.lost",
                new JsonObject()
                        .put("id", id.value())
                        .put("code", why.code())
                        .put("message", String.valueOf(why.getMessage())));
    }

    /** How many threads were lost so since the node started. */
    long threadsLost() {
        return lost.sum();
    }

    /** Threads that run plugins' code wait for each other. On the watchdog's thread, since the lifecycle's may be one of them. */
    void deadlock(Deadlock deadlock) {
        LOG.error("DP-0642 a deadlock:{}{}", System.lineSeparator(), deadlock.text());
        publish("kernel.deadlock", deadlock.toJson());
    }

    /** Classes of an unloaded plugin are still in memory. Safe to use from any thread. */
    void leak(String plugin, PluginFailure failure) {
        logged.say("leak of " + plugin, more -> LOG.warn("{} {}{}", failure.code(), failure.message(), more));
        publish("kernel.leak", new JsonObject().put("plugin", plugin).put("error", failure.toJson()));
    }

    void publish(String topic, JsonObject body) {
        events.publish(topic, body)
                .onFailure(cause -> LOG.debug("nobody was told of {}: {}", topic, cause.getMessage()));
    }
}
