package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.CpuBudget;
import io.dataprism.kernel.resource.CpuShares;
import io.dataprism.kernel.resource.SendBudget;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which plugins are held back now, because they used what they may of the processor: their state says so until they have not been for two looks. Who used
 * more than a fair share of a busy node comes behind the others. Owned by the lifecycle thread.
 */
final class Throttling {
    /** After so many looks at which it was not held back. */
    private static final int CALM = 2;

    private final Journal journal;
    private final CpuShares shares = new CpuShares(Runtime.getRuntime().availableProcessors());
    private final Map<HostedPlugin, Seen> seen = new HashMap<>();
    private final Map<HostedPlugin, Governor> active = new LinkedHashMap<>();

    private static final class Seen {
        private long holdCount;
        private int calm;
    }

    Throttling(Journal journal) {
        this.journal = journal;
    }

    /** Look at {@code slot}, which hosts {@code hosted}; whether to look again soon, though nothing stirs in it. */
    boolean look(PluginSlot slot, HostedPlugin hosted) {
        Governor governor = hosted.governor().orElse(null);
        if (governor == null || !slot.isUp()) {
            return false;
        }
        CpuBudget budget = governor.budget();
        long now = System.nanoTime();
        SendBudget sends = governor.sends().orElse(null);
        if (sends != null) {
            sends.look();
        }
        boolean isSending = sends != null && sends.hold() > 0;
        boolean held = isHeld(hosted, isSending || budget.hold(now) > 0, holds(budget, sends));
        if (held && slot.state == PluginState.RUNNING) {
            slot.reason = isSending && sends != null ? reason(sends) : reason(budget, now);
            journal.enter(slot, PluginState.THROTTLED);
        } else if (slot.state == PluginState.THROTTLED && isCalm(hosted)) {
            seen.remove(hosted);
            slot.reason = null;
            journal.enter(slot, PluginState.RUNNING);
        }
        boolean busy = budget.recent(now) > 0;
        if (busy) {
            active.put(hosted, governor);
        }
        return busy || slot.state == PluginState.THROTTLED;
    }

    /** Whether it is held back, or was since the last look. */
    private boolean isHeld(HostedPlugin hosted, boolean isNow, long holds) {
        Seen last = seen.get(hosted);
        boolean held = isNow || (last != null && holds != last.holdCount);
        if (held && last == null) {
            last = new Seen();
            seen.put(hosted, last);
        }
        if (last != null) {
            last.holdCount = holds;
            last.calm = held ? 0 : last.calm + 1;
        }
        return held;
    }

    private static long holds(CpuBudget budget, @Nullable SendBudget sends) {
        return budget.holdCount() + (sends == null ? 0 : sends.holdCount());
    }

    private static String reason(SendBudget sends) {
        return String.format(
                Locale.ROOT, "It sends more than the %,d messages a second that it may send.", sends.limit());
    }

    private boolean isCalm(HostedPlugin hosted) {
        Seen last = seen.get(hosted);
        return last == null || last.calm >= CALM;
    }

    private static String reason(CpuBudget budget, long now) {
        return String.format(
                Locale.ROOT,
                "It used %.0f %% of a core over the last %s, and may use %d %%.",
                budget.recent(now),
                Quantity.time(budget.window()),
                budget.percent());
    }

    /** After all looks of a round: who comes behind whom until the next. */
    void share() {
        long now = System.nanoTime();
        Map<Governor, Double> used = new LinkedHashMap<>();
        active.values().forEach(governor -> used.put(governor, governor.budget().recent(now)));
        shares.lateness(used).forEach(Governor::late);
        active.entrySet().removeIf(entry -> used.getOrDefault(entry.getValue(), 0.0) <= 0);
    }

    /** {@code hosted} is gone. */
    void forget(HostedPlugin hosted) {
        seen.remove(hosted);
        active.remove(hosted);
    }
}
