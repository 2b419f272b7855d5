package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL from somebody who wants more than the tables that were named. */
class HostileSqlTest {
    /** Unlike anything that a plan, a temporary folder's name or an error could hold by chance. */
    private static final String SECRET = "only-for-its-owner";

    @TempDir
    Path folder;

    @TempDir
    Path outside;

    private EngineFixture tables;
    private StoredTable table;

    @BeforeEach
    void open() throws Exception {
        tables = new EngineFixture(folder);
        table = tables.csv("a,b\n1,x\n");
        Files.writeString(outside.resolve("secret.csv"), "secret\n" + SECRET + "\n");
    }

    @AfterEach
    void close() {
        tables.close();
    }

    static Stream<String> attacks() {
        return Stream.of(
                "SELECT * FROM read_csv('$OUT/secret.csv')",
                "SELECT * FROM read_csv_auto('$OUT/secret.csv')",
                "SELECT * FROM '$OUT/secret.csv'",
                "SELECT * FROM \"$OUT/secret.csv\"",
                "SELECT * FROM read_text('$OUT/secret.csv')",
                "SELECT * FROM read_blob('$OUT/secret.csv')",
                "SELECT * FROM read_json('$OUT/secret.csv')",
                "SELECT * FROM read_parquet('$OUT/secret.csv')",
                "SELECT * FROM parquet_metadata('$OUT/secret.csv')",
                "SELECT * FROM sniff_csv('$OUT/secret.csv')",
                "SELECT * FROM glob('$OUT/*')",
                "SELECT * FROM 'https://example.com/a.csv'",
                "SELECT * FROM t WHERE a IN (SELECT secret FROM read_csv('$OUT/secret.csv'))",
                "SELECT (SELECT count(*) FROM read_csv('$OUT/secret.csv'))",
                "WITH x AS (SELECT * FROM read_csv('$OUT/secret.csv')) SELECT * FROM x",
                "WITH \"$OUT/secret.csv\" AS (SELECT * FROM \"$OUT/secret.csv\") SELECT * FROM \"$OUT/secret.csv\"",
                "SELECT * FROM (WITH y AS (SELECT 1) SELECT * FROM y), y",
                "SELECT * FROM t UNION ALL SELECT * FROM read_csv('$OUT/secret.csv')",
                "SELECT * FROM t, LATERAL (SELECT * FROM read_text('$OUT/secret.csv'))",
                "FROM query('SELECT * FROM read_csv(''$OUT/secret.csv'')')",
                "FROM query_table('$OUT/secret.csv')",
                "SELECT json_serialize_plan('SELECT * FROM read_csv(''$OUT/secret.csv'')')",
                "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "SUMMARIZE t",
                "DESCRIBE t",
                "SUMMARIZE '$OUT/secret.csv'",
                "DESCRIBE SELECT * FROM read_csv('$OUT/secret.csv')",
                "SELECT * FROM (PIVOT '$OUT/secret.csv' ON secret IN ('$SECRET') USING count(*))",
                "COPY t TO '$OUT/copy.csv'",
                "COPY (SELECT 1) TO '$OUT/copy.parquet'",
                "COPY t FROM '$OUT/secret.csv'",
                "SELECT 1; COPY (SELECT 1) TO '$OUT/copy.csv'",
                "SELECT 1\n;;SELECT 2",
                "ATTACH '$OUT/new.db' AS n",
                "EXPORT DATABASE '$OUT/all'",
                "IMPORT DATABASE '$OUT'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '$OUT/evil.duckdb_extension'",
                "SET enable_external_access = true",
                "RESET enable_external_access",
                "PRAGMA database_list",
                "PRAGMA enable_external_access = true",
                "CALL pragma_version()",
                "CREATE TABLE x AS SELECT 1",
                "CREATE MACRO m() AS TABLE SELECT * FROM read_csv('$OUT/secret.csv')",
                "CREATE SECRET (TYPE s3, KEY_ID 'x', SECRET 'y')",
                "DROP TABLE store.t1",
                "DELETE FROM store.t1",
                "UPDATE t SET a = 2",
                "INSERT INTO t VALUES (2, 'y')",
                "EXPLAIN ANALYZE SELECT * FROM t",
                "PREPARE p AS SELECT 1",
                "SELECT * FROM store.t1",
                "SELECT * FROM memory.store.t1",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_tables",
                "SELECT * FROM pg_catalog.pg_class",
                "SELECT * FROM sqlite_master",
                "SHOW TABLES",
                "SHOW ALL TABLES",
                "SELECT current_setting('allowed_directories')",
                "SELECT main.current_setting('temp_directory')",
                "SELECT system.main.current_setting('temp_directory')",
                "SELECT getvariable('x')",
                "SELECT write_log('x')",
                "SELECT pg_get_viewdef(1)",
                "SELECT json_structure(repeat('[', 1000000) || repeat(']', 1000000))",
                "SELECT json_group_structure(b::JSON) FROM t",
                "SELECT json_contains(repeat('[', 1000000) || repeat(']', 1000000), '1')",
                "SELECT json_merge_patch(repeat('{\"a\":', 1000000) || '1' || repeat('}', 1000000), '{}')",
                "SELECT json_transform('[]', repeat('[', 1000000) || repeat(']', 1000000))",
                "SELECT list_transform([b], x -> from_json(x, '\"JSON\"')) FROM t",
                "SELECT (repeat('[', 1000000) || repeat(']', 1000000))::JSON::VARIANT",
                "SELECT TRY_CAST(a AS variant[]) FROM t",
                "SELECT * FROM arrow_scan(1, 2, 3)",
                "SELECT * FROM seq_scan('t')",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM duckdb_temporary_files()",
                "SELECT * FROM enable_logging()",
                "SELECT * FROM checkpoint()",
                "",
                "-- nothing",
                "SELECT 1 /* open");
    }

    private String written(String attack) {
        return attack.replace("$OUT", outside.toString()).replace("$SECRET", SECRET);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefused(String attack) throws Exception {
        String sql = written(attack);
        CallException failure =
                assertThrows(CallException.class, () -> tables.engine.query(sql, List.of(), Map.of("t", table)));
        assertTrue(failure.code().matches("DP-071[023]"), failure.code() + " " + failure.getMessage());
        try (Stream<Path> left = Files.list(outside)) {
            assertEquals(1, left.count());
        }
        assertEquals(List.of(List.of("1", "x")), tables.rows(table));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isStoppedByTheDatabaseTooWhereItTouchesFiles(String attack) throws Exception {
        String sql = written(attack);
        if (!attack.contains("$OUT") && !attack.contains("enable_external_access") && !attack.contains("httpfs")) {
            return;
        }
        try (Database database = Database.open(EngineOptions.in(folder), folder.resolve("gate"));
                Session session = database.session()) {
            session.run("CREATE TABLE t (a INTEGER, b VARCHAR)");
            boolean harmless;
            try {
                List<Boolean> secret = session.list(
                        sql, List.of(), row -> String.valueOf(row.getObject(1)).contains(SECRET));
                harmless = !secret.contains(true);
            } catch (CallException e) {
                harmless = true;
            }
            assertTrue(harmless, sql);
        }
        try (Stream<Path> left = Files.list(outside)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aQueryOfTheUsualKindsRuns() {
        Map<String, StoredTable> inputs = Map.of("T", table, "odd name", table);
        for (String sql : List.of(
                "SELECT * FROM t",
                "FROM T SELECT a",
                "SELECT x.a, y.b FROM t x JOIN \"odd name\" y USING (a) WHERE x.b LIKE 'x%' QUALIFY row_number() OVER () = 1",
                "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5), m AS (SELECT * FROM n) SELECT sum(i) FROM m",
                "SELECT range FROM range(3)",
                "SELECT unnest([1, 2])",
                "VALUES (1), (2)",
                "SELECT * FROM (PIVOT t ON b IN ('x') USING sum(a))",
                "SELECT b, count(*) FILTER (WHERE a > 0) AS n FROM t GROUP BY ALL ORDER BY n DESC LIMIT 3;",
                "SELECT list_transform([1, 2], x -> x + 1) AS l, strftime(DATE '2024-01-01', '%Y') AS y -- end")) {
            assertTrue(tables.engine.query(sql, List.of(), inputs).rows() > 0, sql);
        }
    }

    /** As deep as DuckDB goes before it refuses: on a usual thread of Java each of these ended the process, whatever the caller may do. */
    @Test
    void aStatementOfManyLevelsIsRefusedOrRuns() {
        for (String sql : List.of(
                "SELECT 1" + " UNION ALL SELECT 1".repeat(900),
                "SELECT 1" + " UNION ALL SELECT 1".repeat(9_000),
                "SELECT 1" + " EXCEPT SELECT 1".repeat(600),
                "SELECT 1 UNION ALL (".repeat(450) + "SELECT 1" + ")".repeat(450),
                "SELECT " + "(SELECT ".repeat(400) + "1" + ")".repeat(400),
                "SELECT * FROM " + "(PIVOT ".repeat(300) + "t" + " ON b IN ('x') USING sum(a))".repeat(300),
                "SELECT NULL::" + "STRUCT(a ".repeat(2_000) + "INT" + ")".repeat(2_000),
                steps(450))) {
            try {
                tables.engine.query(sql, List.of(), Map.of("t", table));
            } catch (CallException refused) {
                assertTrue(refused.code().matches("DP-071[23]"), refused.code() + " " + refused.getMessage());
            }
        }
        assertEquals(List.of(List.of("1", "x")), tables.rows(table));
    }

    /** A file of 1 MB that only opens brackets ended the process. */
    @Test
    void aFileThatNestsTooDeepIsRefused() throws Exception {
        for (String content : List.of(
                "[" + "{\"a\": ".repeat(200_000) + "1" + "}".repeat(200_000) + "]",
                "[{\"a\": " + "[".repeat(1_000_000),
                "[{\"a\": \"\\\"\", \"b\": " + "[".repeat(300) + "]".repeat(300) + "}]")) {
            Path file = Files.writeString(outside.resolve("deep.json"), content);
            CallException refused = assertThrows(
                    CallException.class, () -> tables.engine.load(TableFormat.JSON, file, new JsonObject()));
            assertEquals("DP-0717", refused.code());
        }
        Path flat = Files.writeString(outside.resolve("flat.json"), "[{\"a\": \"" + "[".repeat(300) + "\\\"\"}]");
        assertEquals(
                1,
                tables.engine
                        .load(TableFormat.JSON, flat, new JsonObject())
                        .table()
                        .rows());
    }

    /** What is wrong before hides nothing that comes after: DuckDB reads several parts at once. */
    @Test
    void aFileThatIsBrokenBeforeItNestsTooDeepIsRefused() throws Exception {
        String rows = "{\"a\": 1}\n".repeat(10);
        String deep = "{\"a\": " + "[".repeat(300) + "]".repeat(300) + "}\n";
        for (String broken : List.of("]".repeat(1_000) + "\n", "{\"a\": \"\n")) {
            Path file = Files.writeString(outside.resolve("broken.json"), rows + broken + deep);
            CallException refused = assertThrows(
                    CallException.class, () -> tables.engine.load(TableFormat.NDJSON, file, new JsonObject()));
            assertTrue(refused.getMessage().contains("more than 200 levels"), refused.getMessage());
        }
    }

    /** Of two packed parts the first has a wrong checksum, which DuckDB does not look at. */
    @Test
    void aPackedFileThatCannotBeLookedThroughIsRefused() throws Exception {
        byte[] first = packed("{\"a\": 1}\n");
        first[first.length - 8] ^= 1;
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(packed("{\"a\": " + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}\n"));
        Path file = Files.write(outside.resolve("deep.json.gz"), both.toByteArray());
        CallException refused = assertThrows(
                CallException.class,
                () -> tables.engine.load(TableFormat.NDJSON, file, new JsonObject().put("compression", "gzip")));
        assertEquals("DP-0717", refused.code());
    }

    @Test
    void jsonInAPackingThatNobodyCouldLookIntoIsRefused() throws Exception {
        Path file = Files.writeString(outside.resolve("rows.json.zst"), "[]");
        CallException refused = assertThrows(
                CallException.class,
                () -> tables.engine.load(TableFormat.JSON, file, new JsonObject().put("compression", "zstd")));
        assertEquals("DP-0716", refused.code());
        assertTrue(refused.getMessage().contains("gzip"), refused.getMessage());
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String steps(int count) {
        StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT 1 AS a)");
        for (int i = 1; i < count; i++) {
            sql.append(", c")
                    .append(i)
                    .append(" AS (SELECT * FROM c")
                    .append(i - 1)
                    .append(")");
        }
        return sql.append(" SELECT * FROM c").append(count - 1).toString();
    }

    @Test
    void parametersAreValues() {
        StoredTable found =
                tables.engine.query("SELECT * FROM t WHERE b = ?", List.of("x' OR 1=1 --"), Map.of("t", table));
        assertEquals(0, found.rows());
    }

    @Test
    void theGateIsEmptyAfterwards() throws Exception {
        tables.engine.write(table, TableFormat.CSV, outside.resolve("w.csv"), new JsonObject());
        try (Stream<Path> left = Files.list(folder.resolve("gate"))) {
            assertFalse(left.findAny().isPresent());
        }
    }
}
