package io.dataprism.bench.row;

import io.dataprism.bench.stats.Median;

/** Whether the kernel reaches what it must; the median counts. */
public sealed interface Verdict {

    boolean isReached();

    /** Whether the bound on the bad side of the median reaches it, too. */
    boolean isCertain();

    /** Beside a peer. */
    record Lead(Target target, Median ratio) implements Verdict {
        @Override
        public boolean isReached() {
            return ratio.value() >= target.factor();
        }

        @Override
        public boolean isCertain() {
            return ratio.low() >= target.factor();
        }
    }

    /** By itself. */
    record Within(Limit limit, Median found) implements Verdict {
        @Override
        public boolean isReached() {
            return limit.metric().shown(found.value()) <= limit.atMost();
        }

        @Override
        public boolean isCertain() {
            return limit.metric().shown(found.high()) <= limit.atMost();
        }
    }
}
