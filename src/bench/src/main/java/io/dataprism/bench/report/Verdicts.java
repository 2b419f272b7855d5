package io.dataprism.bench.report;

import io.dataprism.bench.row.Measured;

/** Says whether a row reaches what it must. */
final class Verdicts {
    private Verdicts() {}

    static String sentence(Measured.Verdict verdict) {
        return (verdict.isReached() ? "Reaches " : "Below its target of ")
                + TextTable.number(verdict.target().factor()) + " × "
                + verdict.target().peer() + ": "
                + TextTable.number(verdict.ratio().value())
                + (verdict.ratio().low() >= verdict.target().factor() || !verdict.isReached()
                        ? ""
                        : ", but its bound does not");
    }
}
