package io.dataprism.bench.report;

import io.dataprism.bench.row.Metric;
import io.dataprism.bench.row.Verdict;

/** Says whether a row reaches what it must. */
final class Verdicts {
    private Verdicts() {}

    static String sentence(Verdict verdict) {
        String doubt = verdict.isReached() && !verdict.isCertain() ? ", but its bound does not" : "";
        if (verdict instanceof Verdict.Lead lead) {
            return (lead.isReached() ? "Reaches " : "Below its target of ")
                    + TextTable.number(lead.target().factor()) + " × "
                    + lead.target().peer() + ": "
                    + TextTable.number(lead.ratio().value()) + doubt;
        }
        Verdict.Within within = (Verdict.Within) verdict;
        Metric metric = within.limit().metric();
        return (within.isReached() ? "Stays within " : "Above its limit of ")
                + TextTable.number(within.limit().atMost()) + " " + metric.unit() + ": "
                + TextTable.number(metric.shown(within.found().value())) + doubt;
    }
}
