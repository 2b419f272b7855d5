package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        public Future<StreamReply> read(Call call, TableHandle table, int batchRows) {
            asked.add("read " + batchRows);
            return Future.succeededFuture(StreamReply.ofAll(List.of(BATCH)).headed(SCHEMA.toJson()));
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
                Set.of("table-create", "table-describe", "table-read", "table-write", "table-give", "table-release"),
                capabilities.names());
    }

    @Test
    void aTableIsMadeDescribedReadWrittenAndReleased() throws Exception {
        JsonObject rows = new JsonObject().put("rows", new JsonArray().add(new JsonObject().put("a", 1)));
        assertEquals(HANDLE.toJson(), Calling.reply(capabilities, "table-create", rows));
        assertEquals(SCHEMA.toJson(), Calling.reply(capabilities, "table-describe", table()));
        StreamReply read = (StreamReply) Calling.reply(capabilities, "table-read", table().put("batchRows", 1024));
        assertEquals(SCHEMA.toJson(), read.head());
        assertEquals(Optional.of(BATCH), read.source().next().result());
        assertEquals(Optional.empty(), read.source().next().result());
        Calling.reply(capabilities, "table-write", table().put("format", "csv").put("path", "out.csv"));
        JsonObject given = (JsonObject) Calling.reply(capabilities, "table-give", table().put("owner", "heir"));
        assertEquals("heir", given.getJsonObject("$table").getString("owner"));
        Calling.reply(capabilities, "table-release", table());
        assertEquals(
                List.of("create " + rows.encode(), "read 1024", "write csv out.csv", "give heir", "release t1"),
                tables.asked);
    }

    @Test
    void requestsThatLackSomethingAreInvalid() {
        assertTrue(Calling.invalid(capabilities, "table-describe", new JsonObject())
                .getMessage()
                .contains("'$table'"));
        assertTrue(Calling.invalid(capabilities, "table-read", table().put("batchRows", 0))
                .getMessage()
                .contains("from 1 to 65536"));
        assertTrue(Calling.invalid(capabilities, "table-write", table().put("format", "xlsx"))
                .getMessage()
                .contains("csv, json, ndjson or parquet"));
    }
}
