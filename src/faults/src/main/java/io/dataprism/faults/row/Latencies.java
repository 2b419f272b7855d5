package io.dataprism.faults.row;

import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Pace;
import java.time.Duration;

/** What is promised of the neighbours' latencies. */
final class Latencies {
    private Latencies() {}

    /** Under twice the p99 of a quiet node. */
    static void twice(Pace quiet, Pace now, Findings findings) {
        under(quiet, now, quiet.p99().multipliedBy(2), findings);
    }

    /** No more than the larger of that and the longest that a slice holds a carrier, and 5 ms. */
    static void besideHog(Pace quiet, Pace now, Duration slice, Findings findings) {
        Duration twice = quiet.p99().multipliedBy(2);
        Duration limit = slice.plusMillis(5);
        under(quiet, now, twice.compareTo(limit) > 0 ? twice : limit, findings);
    }

    private static void under(Pace quiet, Pace now, Duration most, Findings findings) {
        findings.holds(
                now.p99().compareTo(most) <= 0,
                "neighbours' p99 %s (at most %s), p50 %s, longest %s; quiet: p99 %s, p50 %s, longest %s",
                Findings.text(now.p99()),
                Findings.text(most),
                Findings.text(now.p50()),
                Findings.text(now.most()),
                Findings.text(quiet.p99()),
                Findings.text(quiet.p50()),
                Findings.text(quiet.most()));
        findings.holds(now.failed() == 0, "%d of %,d of their calls failed", now.failed(), now.sent());
    }
}
