package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Measured;
import io.dataprism.kernel.vertx.Stirred;
import io.dataprism.sandbox.census.Subject;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks what plugins retain, at a slow rhythm, and acts on it. How slow follows from how long it takes: it is never more than a two-hundredth of one core.
 * While nothing stirs, nothing is counted. Owned by the lifecycle thread.
 */
final class MemoryWatch {
    /** Looks between two counts, as long as nobody has too much. */
    private static final int USUAL = 30;
    /** And while somebody does. */
    private static final int PRESSING = 5;

    private static final int SHARE = 200;
    private static final int PRESSING_SHARE = 20;

    private final Slots slots;
    private final Engine engine;
    private final Hosting hosting;
    private final Counting counting;
    private final SoftLimit soft;
    private final HeapShortage shortage;
    private final Stirred.Reader stirred;
    private final List<Promise<Void>> asking = new ArrayList<>();
    private boolean stirring;
    private int looks;
    private long ended = System.nanoTime();
    private Duration took = Duration.ZERO;

    MemoryWatch(LifecycleThread thread, Slots slots, Engine engine, Hosting hosting, Journal journal) {
        this.slots = slots;
        this.engine = engine;
        this.hosting = hosting;
        this.counting = new Counting(thread, hosting.node());
        this.soft = new SoftLimit(hosting.resources().accounts());
        this.shortage = new HeapShortage(thread, slots, engine, hosting, journal, this::count);
        this.stirred = hosting.deployer().stirred().reader();
    }

    /** The periodic look. */
    void look() {
        looks++;
        stirring |= !stirred.take().isEmpty();
        counting.look();
        shortage.look();
        if (shortage.wantsCount() || !asking.isEmpty() || isDue()) {
            count();
        }
    }

    private boolean isDue() {
        boolean pressing = soft.isPressing();
        long rest = took.toNanos() * (pressing ? PRESSING_SHARE : SHARE);
        return (pressing || stirring) && looks >= (pressing ? PRESSING : USUAL) && System.nanoTime() - ended >= rest;
    }

    /** Count now; completes once that is done, and what was found is in {@code resources}. */
    Future<Void> measure() {
        if (counting.isGivenUp()) {
            return Future.failedFuture(Counting.notCounted("the count before this one has not come back"));
        }
        Promise<Void> done = Promise.promise();
        asking.add(done);
        count();
        return done.future();
    }

    private void count() {
        if (counting.isGivenUp()) {
            shortage.counted(Map.of());
            return;
        }
        List<Subject> subjects = new ArrayList<>();
        Map<PluginId, HostedPlugin> lives = new HashMap<>();
        for (PluginSlot slot : slots.all()) {
            slot.running()
                    .ifPresent(life -> life.subject().ifPresent(subject -> {
                        subjects.add(subject);
                        lives.put(slot.id, life);
                    }));
        }
        List<Promise<Void>> answered = List.copyOf(asking);
        if (counting.begin(subjects, found -> found(found, lives, answered))) {
            asking.clear();
            stirring = false;
            looks = 0;
        }
    }

    private void found(Counting.Found found, Map<PluginId, HostedPlugin> lives, List<Promise<Void>> answered) {
        ended = System.nanoTime();
        took = found.took();
        Map<PluginId, Counted> counted = new HashMap<>();
        lives.forEach((id, life) -> {
            Measured measured = found.plugins().get(id);
            if (measured != null) {
                counted.put(id, new Counted(life, measured));
            }
        });
        counted.forEach(this::found);
        shortage.counted(counted);
        found.problem()
                .ifPresentOrElse(
                        problem -> answered.forEach(asked -> asked.tryFail(Counting.notCounted(problem))),
                        () -> answered.forEach(Promise::tryComplete));
    }

    private void found(PluginId id, Counted counted) {
        PluginSlot slot = slots.find(id).filter(counted::isOf).orElse(null);
        if (slot == null) {
            return;
        }
        Measured measured = counted.measured();
        hosting.resources().measured(id, measured);
        if (!slot.isUp() || slot.state == PluginState.SUSPENDED) {
            soft.forget(id);
        } else if (soft.isTooMuch(id, measured)) {
            soft.forget(id);
            engine.suspendForMemory(
                    slot, why(measured, hosting.resources().accounts().limit(id)));
        }
    }

    private static String why(Measured measured, long limit) {
        return "It was found three times in a row to retain more of the heap than it may, the last time "
                + Quantity.about(measured.retained().orElse(0)) + " of " + Quantity.about(limit)
                + ", though it was asked to give some back.";
    }

    /** {@code id} begins a life: what the one before it had is not its own. */
    void begins(PluginId id) {
        hosting.resources().notMeasured(id);
    }

    /** {@code id}'s life is over: its next one begins anew. */
    void gone(PluginId id) {
        soft.forget(id);
    }

    void close() {
        counting.close();
    }
}
