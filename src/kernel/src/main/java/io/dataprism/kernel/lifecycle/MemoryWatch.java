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
import java.util.List;

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
        this.shortage = new HeapShortage(thread, slots, engine, hosting, journal);
        this.stirred = hosting.deployer().stirred().reader();
    }

    /** The periodic look. */
    void look() {
        looks++;
        stirring |= !stirred.take().isEmpty();
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
        Promise<Void> done = Promise.promise();
        asking.add(done);
        count();
        return done.future();
    }

    private void count() {
        List<Subject> subjects = new ArrayList<>();
        for (PluginSlot slot : slots.all()) {
            slot.running().flatMap(HostedPlugin::subject).ifPresent(subjects::add);
        }
        List<Promise<Void>> answered = List.copyOf(asking);
        if (counting.begin(subjects, found -> found(found, answered))) {
            asking.clear();
            stirring = false;
            looks = 0;
        }
    }

    private void found(Counting.Found found, List<Promise<Void>> answered) {
        ended = System.nanoTime();
        took = found.took();
        found.plugins().forEach(this::found);
        shortage.counted(found.plugins());
        answered.forEach(Promise::tryComplete);
    }

    private void found(PluginId id, Measured measured) {
        hosting.resources().measured(id, measured);
        PluginSlot slot = slots.find(id).orElse(null);
        if (slot == null || !slot.isUp() || slot.state == PluginState.SUSPENDED) {
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

    void close() {
        counting.close();
    }
}
