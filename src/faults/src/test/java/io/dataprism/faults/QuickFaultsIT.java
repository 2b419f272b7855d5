package io.dataprism.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.faults.node.Distribution;
import io.dataprism.faults.report.Report;
import io.dataprism.faults.row.CallCircle;
import io.dataprism.faults.row.DependencyCycle;
import io.dataprism.faults.row.KillDuringGrant;
import io.dataprism.faults.row.PoisonMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A few rows of the table on real nodes, so that what tries them works; none whose promise is a time that a busy machine can't keep. */
final class QuickFaultsIT {
    @Test
    void promisesAreKept() {
        Report report = new Report(Distribution.given(), line -> {});
        List.of(new DependencyCycle(), new PoisonMessage(), new KillDuringGrant(Effort.BRIEF))
                .forEach(report::tryOut);
        assertEquals(List.of(), report.broken());
    }

    /** A row that can't be tried is no kept promise. */
    @Test
    void aRowWithoutANodeIsBroken() {
        Report report = new Report(new Distribution(Path.of("no-distribution")), line -> {});
        report.tryOut(new CallCircle());
        assertEquals(1, report.broken().size());
        assertEquals("0 of 1 promises kept.", report.summary());
    }
}
