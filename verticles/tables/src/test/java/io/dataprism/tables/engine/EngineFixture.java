package io.dataprism.tables.engine;

import io.dataprism.api.TableBatch;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real engine in a folder of its own. */
final class EngineFixture implements AutoCloseable {
    final Path folder;
    final TableEngine engine;

    EngineFixture(Path folder) {
        this(folder, EngineOptions.in(folder));
    }

    EngineFixture(Path folder, EngineOptions options) {
        this.folder = folder;
        this.engine = TableEngine.open(options);
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    StoredTable csv(String content) throws IOException {
        return engine.load(TableFormat.CSV, file("t.csv", content), new JsonObject())
                .table();
    }

    /** All rows, each a list of values as text. */
    List<List<String>> rows(StoredTable table) {
        List<List<String>> rows = new ArrayList<>();
        try (BatchCursor cursor = engine.open(table, 3)) {
            for (Optional<TableBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
                for (int row = 0; row < batch.get().rows(); row++) {
                    rows.add(row(batch.get(), row));
                }
            }
        }
        return rows;
    }

    private static List<String> row(TableBatch batch, int row) {
        return batch.columns().stream().map(column -> text(column, row)).toList();
    }

    private static String text(TableBatch.ColumnVector column, int row) {
        if (column.isNull(row)) {
            return "–";
        }
        return switch (column.type()) {
            case BOOLEAN -> String.valueOf(column.getBoolean(row));
            case LONG, DATE, TIME, TIMESTAMP -> String.valueOf(column.getLong(row));
            case DOUBLE -> String.valueOf(column.getDouble(row));
            case TEXT, DECIMAL, JSON -> column.getText(row);
            case BYTES -> new String(column.getBytes(row).getBytes(), java.nio.charset.StandardCharsets.UTF_8);
        };
    }

    @Override
    public void close() {
        engine.close();
    }
}
