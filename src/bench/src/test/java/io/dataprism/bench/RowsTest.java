package io.dataprism.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.bench.row.Peer;
import io.dataprism.bench.row.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
