package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableSchemaTest {
    @Test
    void survivesTheWireWithColumnsInOrder() {
        TableSchema schema = new TableSchema(
                List.of(
                        new TableSchema.Column("when", ColumnType.TIMESTAMP),
                        new TableSchema.Column("what", ColumnType.TEXT)),
                3_000_000_000L);
        assertEquals(schema, TableSchema.fromJson(new JsonObject(schema.toJson().encode())));
    }

    @Test
    void keepsItsOwnColumns() {
        List<TableSchema.Column> columns = new ArrayList<>();
        TableSchema schema = new TableSchema(columns, 0);
        columns.add(new TableSchema.Column("a", ColumnType.LONG));
        assertEquals(List.of(), schema.columns());
        assertThrows(UnsupportedOperationException.class, () -> schema.columns().clear());
    }

    @Test
    void anExportSurvivesTheWire() {
        Export export = new Export("png", "image/png", Buffer.buffer(new byte[] {0, -1, 7}));
        assertEquals(export, Export.fromJson(new JsonObject(export.toJson().encode())));
    }
}
