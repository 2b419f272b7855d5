package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of all plugins. It comes in any case: at the deadline what is under way is cut off, and a little later what has still not
 * gone is left behind and named. Owned by the lifecycle thread.
 */
final class Closing {
    /** From the cut to leaving behind: time to interrupt a thread, and to give back what can be given back without it. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final LifecycleThread thread;
    private final Slots slots;
    private final Journal journal;
    private final Promise<Void> done = Promise.promise();
    private final List<String> left = new ArrayList<>();
    private boolean underWay;

    Closing(LifecycleThread thread, Slots slots, Journal journal) {
        this.thread = thread;
        this.slots = slots;
        this.journal = journal;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Completes when nothing runs any more; fails where something was left behind. */
    Future<Void> done() {
        return done.future();
    }

    void begin(Duration deadline) {
        underWay = true;
        thread.after(deadline, () -> hosted().forEach(HostedPlugin::hurry));
        thread.after(Duration.ofNanos(LifecycleThread.nanos(deadline)).plus(GRACE), this::leave);
    }

    /** Whether everything is down may have changed. */
    void look() {
        if (underWay && slots.all().stream().allMatch(PluginSlot::isDown)) {
            end();
        }
    }

    /** {@code slot} is down, but its code runs on. */
    void keepsThread(PluginSlot slot) {
        if (underWay && slot.cause != null) {
            left.add(String.valueOf(slot.cause.getMessage()));
        }
    }

    private void leave() {
        for (PluginSlot slot : slots.all()) {
            @Nullable HostedPlugin hosted = slot.hosted;
            if (hosted != null) {
                StepException reason = hosted.leave();
                slot.fail(reason, reason.step());
                left.add(String.valueOf(reason.getMessage()));
                journal.enter(slot, PluginState.ERROR);
            }
        }
        end();
    }

    private void end() {
        if (left.isEmpty()) {
            done.tryComplete();
        } else {
            done.tryFail(new PluginException(
                    "DP-0833",
                    "The kernel is closed, but " + left.size() + " of its plugins left something behind: "
                            + String.join(" ", left)));
        }
    }

    private List<HostedPlugin> hosted() {
        List<HostedPlugin> hosted = new ArrayList<>();
        for (PluginSlot slot : slots.all()) {
            @Nullable HostedPlugin of = slot.hosted;
            if (of != null) {
                hosted.add(of);
            }
        }
        return hosted;
    }
}
