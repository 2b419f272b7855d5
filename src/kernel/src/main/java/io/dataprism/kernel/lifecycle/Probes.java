package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.supervision.Probing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks plugins that can be asked whether they are alive and ready, and acts on that. One that has yet to answer is not asked again, so that nothing piles up
 * in its mailbox. Owned by the lifecycle thread.
 */
final class Probes {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    private final LifecycleThread thread;
    private final Engine engine;
    private final Supervisor supervisor;
    private final Journal journal;
    private final Agenda agenda = new Agenda();
    /** Whose code has a question yet to answer. */
    private final Set<HostedPlugin> asked = new HashSet<>();

    Probes(LifecycleThread thread, Engine engine, Supervisor supervisor, Journal journal) {
        this.thread = thread;
        this.engine = engine;
        this.supervisor = supervisor;
        this.journal = journal;
    }

    /** {@code slot} came up. */
    void begin(PluginSlot slot, HostedPlugin hosted) {
        boolean idles = hosted.record().manifest().activation().idleStop().isPresent();
        if (hosted.isProbed() && !idles) {
            agenda.put(slot, Duration.ZERO);
        }
    }

    void forget(PluginSlot slot) {
        agenda.forget(slot);
    }

    /** {@code hosted} is down: what it owes is never answered. */
    void gone(HostedPlugin hosted) {
        asked.remove(hosted);
    }

    /** Ask those whose turn it is. */
    void look() {
        for (PluginSlot slot : agenda.due()) {
            HostedPlugin hosted = slot.hosted;
            if (hosted != null && slot.isUp() && isHeldBack(slot)) {
                // It could not answer.
                agenda.put(slot, supervisor.rules(slot).probing().every());
            } else if (hosted != null && slot.isUp()) {
                ask(slot, hosted, supervisor.rules(slot).probing());
            }
        }
    }

    /** Whether it gets no slices, or not at once: it would answer late, though nothing is wrong with it. */
    private static boolean isHeldBack(PluginSlot slot) {
        return slot.suspension != null || slot.state == PluginState.THROTTLED;
    }

    private void ask(PluginSlot slot, HostedPlugin hosted, Probing rules) {
        if (asked.contains(hosted)) {
            String late = "it has not answered the last question yet";
            answered(slot, hosted, rules, late, late);
            return;
        }
        asked.add(hosted);
        Future<Void> alive = hosted.ask(true);
        Future<Void> ready = hosted.ask(false);
        Future.join(alive, ready).onComplete(both -> thread.execute(() -> asked.remove(hosted)));
        within(rules, alive)
                .onComplete(first -> within(rules, ready)
                        .onComplete(
                                second -> answered(slot, hosted, rules, text(first.cause()), text(second.cause()))));
    }

    private Future<Void> within(Probing rules, Future<Void> answer) {
        return thread.within(
                rules.within(),
                answer,
                late -> new StepException(
                        Step.RUN, "DP-0663", "it did not answer within " + Quantity.time(late), null));
    }

    private static @Nullable String text(@Nullable Throwable failure) {
        if (failure instanceof SafeFailure told) {
            return StepFailures.cause(told);
        }
        return failure == null ? null : String.valueOf(failure.getMessage());
    }

    private void answered(
            PluginSlot slot, HostedPlugin hosted, Probing rules, @Nullable String ill, @Nullable String unready) {
        if (slot.hosted != hosted || !slot.isUp() || slot.crash != null) {
            return;
        }
        if (isHeldBack(slot)) {
            agenda.put(slot, rules.every());
            return;
        }
        Health before = slot.health;
        int inARow = ill == null ? 0 : before == null ? 1 : before.illInARow() + 1;
        slot.health = new Health(Instant.now(), ill, inARow, unready);
        engine.show(slot);
        hosted.notReady(unready);
        tell(slot, before == null ? null : before.unready(), unready);
        if (ill != null && inARow >= rules.failures()) {
            engine.crashed(slot, hosted, hosted.notAlive(inARow, ill));
        } else {
            agenda.put(slot, rules.every());
        }
    }

    private void tell(PluginSlot slot, @Nullable String before, @Nullable String now) {
        if ((before == null) == (now == null)) {
            return;
        }
        String event = now == null ? "ready" : "unready";
        if (now == null) {
            LOG.info("plugin {} is ready again", slot.id);
        } else {
            LOG.warn("plugin {} is not ready: {}", slot.id, now);
        }
        JsonObject body = new JsonObject().put("id", slot.id.value());
        journal.publish("plugin." + slot.id + "." + event, now == null ? body : body.put("reason", now));
    }
}
