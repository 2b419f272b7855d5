package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A table service is reached at table-create, table-describe … with requests that carry a handle. */
class TableCapabilitiesTest {
    private static final TableHandle HANDLE = new TableHandle("n1", "asker", "t1", Instant.ofEpochSecond(60));
    private static final TableSchema SCHEMA = new TableSchema(List.of(new TableSchema.Column("a", ColumnType.LONG)), 1);
    private static final TableBatch BATCH = new TableBatch.Builder(0).build();

    private final OneTable tables = new OneTable();
    private final Capabilities capabilities = TableCapabilities.of(tables);

    /** Keeps one table, gives one batch, and writes down what was asked. */
    private static final class OneTable implements TableService {
        private final List<String> asked = new ArrayList<>();
        private boolean given;

        @Override
        public Future<TableHandle> create(Call call, TableSource source) {
            asked.add("create " + source.toJson().encode());
            return Future.succeededFuture(HANDLE);
        }

        @Override
        public Future<TableSchema> describe(Call call, TableHandle table) {
            return Future.succeededFuture(SCHEMA);
        }

        @Override
        public Future<Cursor> open(Call call, TableHandle table, int batchRows) {
            asked.add("open " + batchRows);
            return Future.succeededFuture(new Cursor("c1", SCHEMA));
        }

        @Override
        public Future<Optional<TableBatch>> next(Call call, String cursor) {
            Optional<TableBatch> batch = given ? Optional.empty() : Optional.of(BATCH);
            given = true;
            return Future.succeededFuture(batch);
        }

        @Override
        public Future<Void> close(Call call, String cursor) {
            asked.add("close " + cursor);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> write(Call call, TableHandle table, TableFormat format, String path, JsonObject options) {
            asked.add("write " + format.label() + " " + path);
            return Future.succeededFuture();
        }

        @Override
        public Future<TableHandle> give(Call call, TableHandle table, String owner) {
            asked.add("give " + owner);
            return Future.succeededFuture(new TableHandle(table.node(), owner, table.id(), table.lease()));
        }

        @Override
        public Future<Void> release(Call call, TableHandle table) {
            asked.add("release " + table.id());
            return Future.succeededFuture();
        }
    }

    private static JsonObject table() {
        return new JsonObject().put("table", HANDLE.toJson());
    }

    @Test
    void offersEachOperationUnderItsName() {
        assertEquals(
                Set.of(
                        "table-create",
                        "table-describe",
                        "table-open",
                        "table-next",
                        "table-close",
                        "table-write",
                        "table-give",
                        "table-release"),
                capabilities.names());
    }

    @Test
    void aTableIsMadeDescribedReadWrittenAndReleased() throws Exception {
        JsonObject rows = new JsonObject().put("rows", new JsonArray().add(new JsonObject().put("a", 1)));
        assertEquals(HANDLE.toJson(), Calling.reply(capabilities, "table-create", rows));
        assertEquals(SCHEMA.toJson(), Calling.reply(capabilities, "table-describe", table()));
        JsonObject cursor = (JsonObject) Calling.reply(capabilities, "table-open", table().put("batchRows", 1024));
        assertEquals(new JsonObject().put("cursor", "c1").put("schema", SCHEMA.toJson()), cursor);
        JsonObject turn = new JsonObject().put("cursor", "c1");
        assertSame(BATCH, Calling.reply(capabilities, "table-next", turn), "a batch is passed on by reference");
        assertNull(Calling.reply(capabilities, "table-next", turn), "null is the end");
        Calling.reply(capabilities, "table-close", turn);
        Calling.reply(capabilities, "table-write", table().put("format", "csv").put("path", "out.csv"));
        JsonObject given = (JsonObject) Calling.reply(capabilities, "table-give", table().put("owner", "heir"));
        assertEquals("heir", given.getJsonObject("$table").getString("owner"));
        Calling.reply(capabilities, "table-release", table());
        assertEquals(
                List.of(
                        "create " + rows.encode(),
                        "open 1024",
                        "close c1",
                        "write csv out.csv",
                        "give heir",
                        "release t1"),
                tables.asked);
    }

    @Test
    void requestsThatLackSomethingAreInvalid() {
        assertTrue(Calling.invalid(capabilities, "table-describe", new JsonObject())
                .getMessage()
                .contains("'$table'"));
        assertTrue(Calling.invalid(capabilities, "table-open", table().put("batchRows", 0))
                .getMessage()
                .contains("from 1 to 65536"));
        assertTrue(Calling.invalid(capabilities, "table-write", table().put("format", "xlsx"))
                .getMessage()
                .contains("csv, json, ndjson or parquet"));
        assertTrue(Calling.invalid(capabilities, "table-next", new JsonObject())
                .getMessage()
                .contains("'cursor'"));
    }
}
