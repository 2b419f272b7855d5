package io.dataprism.kernel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times are told, not waited for. */
final class CpuBudgetTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private long now = 17 * SECOND;

    private CpuBudget budget(int percent) {
        return new CpuBudget(new PluginId("p"), SECOND, percent, now);
    }

    /** It works whenever it may, in pieces of {@code piece}; what it used in {@code time}, in percent of a core. */
    private double worksAllTheTime(CpuBudget budget, long piece, long time) {
        long end = now + time;
        long used = 0;
        while (now < end) {
            long hold = budget.hold(now);
            if (hold > 0) {
                now += hold;
            } else {
                now += piece;
                used += piece;
                budget.charge(piece, now);
            }
        }
        return 100.0 * used / time;
    }

    @Test
    void whoAlwaysWorksGetsItsLimitAndNoMore() {
        for (int percent : new int[] {1, 7, 20, 50, 90}) {
            for (long piece : new long[] {MILLI / 10, MILLI, 3 * MILLI, 20 * MILLI}) {
                CpuBudget budget = budget(percent);
                worksAllTheTime(budget, piece, 5 * SECOND);
                assertEquals(
                        percent,
                        worksAllTheTime(budget, piece, 200 * SECOND),
                        0.5,
                        percent + " % in pieces of " + piece + " ns");
            }
        }
    }

    @Test
    void atFirstItMayUseAWindowsWorthAtOnce() {
        CpuBudget budget = budget(50);
        budget.charge(SECOND / 2, now);
        assertEquals(0, budget.hold(now));
        budget.charge(1, now);
        assertTrue(budget.hold(now) > 0);
        assertEquals(1, budget.holdCount());
    }

    @Test
    void whatItDidNotUseForLongIsNotSavedUp() {
        CpuBudget budget = budget(50);
        now += 1_000 * SECOND;
        budget.charge(SECOND / 2 + MILLI, now);
        assertTrue(budget.hold(now) > 0);
    }

    @Test
    void whatItUsedTooMuchInOnePieceItWaitsFor() {
        CpuBudget budget = budget(50);
        budget.charge(SECOND / 2 + SECOND, now);
        long hold = budget.hold(now);
        // A second too much at half a core, and what it may use at once then.
        assertEquals(2 * SECOND + 10 * MILLI, hold);
        assertEquals(hold, budget.held());
        now += hold;
        assertEquals(0, budget.hold(now));
    }

    @Test
    void aDebtIsPaidForByTenMinutesAtMost() {
        CpuBudget budget = budget(1);
        budget.charge(60 * SECOND, now);
        assertEquals(600, budget.hold(now) / SECOND, 1);
    }

    @Test
    void aHigherLimitLetsItGoOnAndALowerOneHoldsItBack() {
        CpuBudget budget = budget(10);
        budget.charge(SECOND / 5, now);
        long before = budget.hold(now);
        budget.limit(100, now);
        assertTrue(budget.hold(now) < before);
        now += SECOND;
        budget.charge(1, now);
        assertEquals(0, budget.hold(now));
        budget.limit(1, now);
        budget.charge(SECOND / 50, now);
        assertTrue(budget.hold(now) > 0);
    }

    @Test
    void whatItUsedLatelySlidesOutOfTheWindow() {
        now = 20 * SECOND;
        CpuBudget budget = budget(100);
        budget.charge(SECOND / 4, now);
        assertEquals(25, budget.recent(now), 0.01);
        now += SECOND + SECOND / 2;
        assertEquals(12.5, budget.recent(now), 0.01);
        now += SECOND;
        assertEquals(0, budget.recent(now), 0.01);
        assertEquals(SECOND / 4, budget.used());
    }

    @Test
    void onABusyNodeWhoUsedMoreThanAnEqualPartComesBehind() {
        CpuShares shares = new CpuShares(2);
        assertEquals(Map.of("hog", 0L, "small", 0L), shares.lateness(Map.of("hog", 100.0, "small", 20.0)), "not busy");
        Map<String, Long> late = shares.lateness(Map.of("hog", 150.0, "small", 20.0));
        assertEquals(0, late.get("small"));
        assertTrue(late.get("hog") > MILLI, late.toString());
        assertEquals(Map.of("alone", 0L), shares.lateness(Map.of("alone", 200.0)), "behind whom?");
    }
}
