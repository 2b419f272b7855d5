package io.dataprism.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.bench.row.Limit;
import io.dataprism.bench.row.Metric;
import io.dataprism.bench.row.Peer;
import io.dataprism.bench.row.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
    @Test
    void everyNameIsOfOneRow() {
        List<Row> rows = Rows.all();
        assertEquals(rows.size(), rows.stream().map(Row::name).distinct().count());
    }

    @Test
    void everyTargetIsBesideAPeerOfItsRow() {
        for (Row row : Rows.all()) {
            Set<String> peers = row.peers().stream().map(Peer::name).collect(Collectors.toSet());
            row.targets().forEach(target -> assertTrue(peers.contains(target.peer()), row.name() + ": " + target));
        }
    }

    /** What is promised of the kernel by itself: a run of the row says whether it holds, so that losing it does not go unseen. */
    @ParameterizedTest
    @CsvSource({
        "life-1, UP, 5",
        "life-1000, UP, 5",
        "life-10000, UP, 5",
        "demo-again, WALL, 10000",
        "many-10000, IDLE, 1",
        "gate-check/plain-500, CPU, 20",
        "gate-check/pattern-500, CPU, 20",
        "gate-check/denied-500, CPU, 20",
        "call-site/fixed, CPU, 50",
        "call-site/host, CPU, 50"
    })
    @DisplayName("designed with performance in mind: what is promised has a row with its limit")
    void performanceHasRowsWithLimits(String name, Metric metric, double atMost) {
        Row row = Rows.named(List.of(name)).get(0);
        assertEquals(name, row.name());
        assertTrue(
                row.limits().contains(new Limit(metric, atMost)), row.limits().toString());
    }

    @Test
    void aNamePicksItsRowAndAnotherWordThoseThatHoldIt() {
        assertEquals(
                List.of("life-1", "life-1000", "life-10000"),
                Rows.named(List.of("life")).stream().map(Row::name).toList());
        assertEquals(
                List.of("life-1"),
                Rows.named(List.of("life-1")).stream().map(Row::name).toList());
        assertEquals(List.of(), Rows.named(List.of("nothing")));
    }
}
