package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.TableBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCursorTest {
    private static final int MOST_ROWS = 65_536;

    @TempDir
    Path folder;

    private EngineFixture tables;

    @BeforeEach
    void open() {
        tables = new EngineFixture(folder);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private int rows(String sql, Consumer<TableBatch> check) {
        int rows = 0;
        try (BatchCursor cursor = tables.engine.open(tables.engine.query(sql, List.of(), Map.of()), MOST_ROWS)) {
            for (Optional<TableBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
                check.accept(batch.get());
                rows += batch.get().rows();
            }
        }
        return rows;
    }

    @Test
    void aBatchOfLongTextsHasFewerRows() {
        int rows = rows(
                "SELECT repeat('x', 1000000) AS t FROM range(40)",
                batch -> assertTrue(batch.weight() < 20_000_000, () -> "it weighs " + batch.weight()));
        assertEquals(40, rows);
    }

    @Test
    void aBatchOfManyColumnsHasFewerRows() {
        String columns = IntStream.range(0, 1000)
                .mapToObj(column -> "range AS c" + column)
                .collect(Collectors.joining(", "));
        int rows = rows(
                "SELECT " + columns + " FROM range(5000)",
                batch -> assertTrue(batch.rows() < 2100, () -> "it has " + batch.rows() + " rows"));
        assertEquals(5000, rows);
    }
}
