package io.dataprism.driver.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.ColumnType;
import io.dataprism.api.DatabaseLogin;
import io.dataprism.api.DatabaseSession;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.RowReader;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableSchema;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.testjars.PostgresServer;
import io.dataprism.testjars.Promptly;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plugin can do with a database, and what ends it, on a real PostgreSQL. */
class DatabaseSessionTest {
    private static final PostgresServer SERVER = PostgresServer.running();
    private static final Caller PLUGIN = Caller.plugin(new PluginId("asking"));
    private static final Permission PERMISSION = Permission.parse(SERVER.permission());

    private static Vertx vertx;
    private static TestKernel kernel;

    private PluginUnderTest plugin;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        kernel = TestKernel.on(vertx);
    }

    @AfterAll
    static void stop() {
        kernel.close();
        Await.result("Vert.x to close", vertx.close());
    }

    @BeforeEach
    void load() {
        plugin = kernel.load(PluginJar.of("asking")
                .main(SessionFixture.class)
                .requests(SERVER.permission(), "network-access:postgresql://localhost:" + SERVER.port()));
    }

    @AfterEach
    void unload() {
        plugin.unload();
    }

    private static DatabaseSession open() {
        return Await.value("a session", SessionFixture.open());
    }

    private static long execute(DatabaseSession session, String sql, Object... parameters) {
        return Await.value(sql, session.execute(sql, Arrays.asList(parameters)));
    }

    private static List<TableBatch> read(DatabaseSession session, String sql, int batchRows, Object... parameters) {
        RowReader reader = Await.value(sql, session.query(sql, Arrays.asList(parameters), batchRows));
        List<TableBatch> batches = new ArrayList<>();
        for (Optional<TableBatch> next = Await.value("rows", reader.next());
                next.isPresent();
                next = Await.value("rows", reader.next())) {
            batches.add(next.get());
        }
        return batches;
    }

    private static long count(DatabaseSession session, String sql, Object... parameters) {
        return read(session, sql, 10, parameters).get(0).columns().get(0).getLong(0);
    }

    private static String code(Future<?> future) {
        return assertInstanceOf(PluginException.class, Await.failure("a refusal", future))
                .code();
    }

    /** How many connections of the plugin the server knows. */
    private static long connections(DatabaseSession watcher) {
        return count(watcher, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dataprism/asking'");
    }

    @Test
    void executesReadsAndWrites() {
        DatabaseSession session = open();
        execute(session, "CREATE TABLE rain (city text PRIMARY KEY, mm int)");
        assertEquals(1, execute(session, "INSERT INTO rain VALUES ($1, $2)", "Bern'; DROP TABLE rain; --", 3));
        TableBatch batch = new TableBatch.Builder(2)
                .texts("city", ColumnType.TEXT, new BitSet(), new String[] {"Basel", "Genf"})
                .longs("mm", ColumnType.LONG, BitSet.valueOf(new long[] {2}), new long[] {7, 0})
                .build();
        assertEquals(
                2,
                Await.value(
                        "writing", session.write("INSERT INTO rain VALUES ($1::text, CAST($2::text AS int))", batch)));
        List<TableBatch> rows = read(session, "SELECT * FROM rain WHERE mm > $1 ORDER BY city; ", 100, 1);
        assertEquals("Basel", rows.get(0).columns().get(0).getText(0));
        assertEquals("Bern'; DROP TABLE rain; --", rows.get(0).columns().get(0).getText(1));
        assertEquals(2, rows.get(0).rows());
        assertEquals(1, count(session, "SELECT count(*) FROM rain WHERE mm IS NULL -- nothing after this"));
        assertEquals("DP-0877", code(session.execute("INSERT INTO rain VALUES ('Genf', 1)", List.of())));
        assertEquals("DP-0877", code(session.execute("SELECT 1; SELECT 2", List.of())));
        assertEquals("DP-0878", code(session.execute("SELECT $1::int", List.of(new StringBuilder("x")))));
        assertEquals(3, count(session, "SELECT count(*) FROM rain"));
        execute(session, "DROP TABLE rain");
        Await.result("leaving", session.close());
        Await.result("the end", session.ended());
        assertEquals("DP-0880", code(session.execute("SELECT 1", List.of())));
    }

    @Test
    void eachTypeComesAsATableHoldsIt() {
        DatabaseSession session = open();
        String sql = "SELECT true AS b, 1::int2 AS i2, 2::int4 AS i4, 9007199254740993::int8 AS i8, 0.5::float4 AS f4,"
                + " 'NaN'::float8 AS f8, 12345678901234567890.123456789::numeric AS n, 'x'::text AS t, 'y'::varchar(9) AS v,"
                + " 'z'::char(3) AS c, date '1969-12-31' AS d, time '24:00' AS tm, timestamp '1970-01-01 00:00:00.000001' AS ts,"
                + " timestamptz '1970-01-01 01:00:00+01' AS tz, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS u,"
                + " '{\"n\": 0.12345678901234567890}'::jsonb AS j, '\\x00ff'::bytea AS by, ARRAY[1, 2, NULL] AS l,"
                + " interval '1 day' AS iv, inet '10.0.0.1' AS ip, int4range(1, 3) AS r, NULL::int AS nothing, xml '<a/>' AS x";
        TableBatch batch = read(session, sql, 1).get(0);
        List<String> found = new ArrayList<>();
        for (TableBatch.ColumnVector column : batch.columns()) {
            found.add(column.name() + " " + column.type().label() + " " + shown(column));
        }
        assertEquals(
                List.of(
                        "b boolean 1",
                        "i2 long 1",
                        "i4 long 2",
                        "i8 long 9007199254740993",
                        "f4 double 0.5",
                        "f8 double NaN",
                        "n decimal 12345678901234567890.123456789",
                        "t text x",
                        "v text y",
                        "c text z",
                        "d date -1",
                        "tm time 86400000000",
                        "ts timestamp 1",
                        "tz timestamp 0",
                        "u text a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "j json {\"n\": 0.12345678901234567890}",
                        "by bytes 00ff",
                        "l json [1,2,null]",
                        "iv text 1 day",
                        "ip text 10.0.0.1/32",
                        "r text [1,3)",
                        "nothing long null",
                        "x text <a/>"),
                found);
        for (String unfit :
                List.of("'NaN'::numeric", "date 'infinity'", "timestamp '-infinity'", "timestamptz 'infinity'")) {
            RowReader reader =
                    Await.value("a reader", session.query("SELECT 1 AS a, " + unfit + " AS odd", List.of(), 10));
            Throwable failure = Await.failure("what does not fit", reader.next());
            assertEquals("DP-0878", ((PluginException) failure).code());
            assertTrue(failure.getMessage().contains("column 'odd' of type "), failure.getMessage());
        }
        assertEquals(1, count(session, "SELECT 1"), "the session goes on");
    }

    private static String shown(TableBatch.ColumnVector column) {
        if (column.isNull(0)) {
            return "null";
        }
        return switch (column.type()) {
            case DOUBLE -> Double.toString(column.getDouble(0));
            case TEXT, DECIMAL, JSON -> column.getText(0).strip();
            case BYTES -> HexFormat.of().formatHex(column.getBytes(0).getBytes());
            default -> Long.toString(column.getLong(0));
        };
    }

    @Test
    void eachKindOfParameterArrives() {
        DatabaseSession session = open();
        UUID uuid = UUID.randomUUID();
        String sql = "SELECT count(*) WHERE $1::int8 = 9007199254740993 AND $2::numeric = 1.10 AND $3::uuid = '" + uuid
                + "' AND $4::jsonb = '{\"a\": [1]}' AND $5::bytea = '\\x01' AND $6::bool AND $7::text IS NULL AND $8::float8 = 0.5";
        assertEquals(
                1,
                count(
                        session,
                        sql,
                        9007199254740993L,
                        new BigDecimal("1.10"),
                        uuid,
                        new JsonObject("{\"a\":[1]}"),
                        Buffer.buffer(new byte[] {1}),
                        true,
                        null,
                        0.5));
    }

    @Test
    void aLargeResultComesInPiecesAndNothingElseIsAskedMeanwhile() {
        DatabaseSession session = open();
        RowReader reader = Await.value(
                "a reader",
                session.query(
                        "SELECT i, repeat('x', 10000) AS wide FROM generate_series(1, 100000) AS i",
                        List.of(),
                        65_536));
        assertEquals(
                List.of(new TableSchema.Column("i", ColumnType.LONG), new TableSchema.Column("wide", ColumnType.TEXT)),
                reader.columns());
        for (int i = 0; i < 10; i++) {
            TableBatch batch = Await.value("rows", reader.next()).orElseThrow();
            assertTrue(batch.weight() < 4 << 20, "a batch of " + batch.rows() + " rows takes " + batch.weight());
        }
        assertEquals("DP-0873", code(session.execute("SELECT 1", List.of())));
        Await.result("the reader to close", reader.close());
        assertTrue(Await.value("the end", reader.next()).isEmpty());
        assertEquals(1, count(session, "SELECT 1"));
    }

    @Test
    void aTransactionIsKeptWhollyOrNotAtAll() {
        DatabaseSession session = open();
        execute(session, "CREATE TABLE kept (i int PRIMARY KEY)");
        Await.result(
                "a transaction", session.transaction(() -> session.execute("INSERT INTO kept VALUES (1)", List.of())));
        assertEquals(
                "DP-0877",
                code(session.transaction(() -> session.execute("INSERT INTO kept VALUES (2)", List.of())
                        .compose(done -> session.execute("INSERT INTO kept VALUES (1)", List.of())))));
        Await.result("beginning", session.begin());
        execute(session, "INSERT INTO kept VALUES (3)");
        assertEquals("DP-0877", code(session.execute("INSERT INTO kept VALUES (1)", List.of())));
        assertEquals("DP-0877", code(session.commit()), "the server undoes it, and calls that a commit");
        assertEquals("DP-0877", code(session.commit()), "there is none");
        assertEquals(1, count(session, "SELECT count(*) FROM kept"));
        execute(session, "DROP TABLE kept");
    }

    @Test
    void aCommitThatDidNotWaitForWhatFailsFailsToo() {
        DatabaseSession session = open();
        Future<Void> begun = session.begin();
        Future<Long> failing = session.execute("INSERT INTO nosuch VALUES (1)", List.of());
        Future<Void> commit = session.commit();
        Await.result("beginning", begun);
        assertEquals("DP-0877", code(failing));
        assertEquals("DP-0877", code(commit));
        List<Future<Long>> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(session.execute(i % 2 == 0 ? "nonsense" : "SELECT 1", List.of()));
        }
        many.forEach(one -> Await.until("an answer", one::isComplete));
        assertEquals(1, count(session, "SELECT 1"));
    }

    @Test
    void rowsThatGrowAreFewAtOnceAndOnTheAccountUntilTheNext() {
        DatabaseSession session = open();
        RowReader reader = Await.value(
                "a reader",
                session.query(
                        "SELECT CASE WHEN g < 20000 THEN 'x' ELSE repeat('x', 500000) END FROM generate_series(1, 20200) g",
                        List.of(),
                        65_536));
        long heaviest = 0;
        int rows = 0;
        for (Optional<TableBatch> next = Await.value("rows", reader.next());
                next.isPresent();
                next = Await.value("rows", reader.next())) {
            heaviest = Math.max(heaviest, next.get().weight());
            rows += next.get().rows();
            assertTrue(SessionFixture.memory().used() >= next.get().weight(), "it is on the account");
        }
        assertEquals(20_200, rows);
        // 64 rows before it shows how large they are; a character takes two bytes of a batch's weight
        assertTrue(heaviest < 70_000_000, "a batch took " + heaviest);
        assertEquals(0, SessionFixture.memory().used());
    }

    @Test
    void moreAtOnceThanANodeHoldsEndsTheSession() {
        String large = "SELECT repeat('x', 100000000)";
        DatabaseSession reading = open();
        RowReader reader = Await.value("a reader", reading.query(large, List.of(), 10));
        assertEquals("DP-0885", code(reader.next()));
        assertEquals("DP-0885", code(reading.ended()));
        DatabaseSession executing = open();
        assertEquals("DP-0885", code(executing.execute(large, List.of())));
        DatabaseSession many = open();
        RowReader several = Await.value(
                "a reader", many.query("SELECT repeat('x', 2000000) FROM generate_series(1, 64)", List.of(), 64));
        assertEquals("DP-0885", code(several.next()));
        assertEquals("DP-0885", code(many.execute("SELECT 1", List.of())));
        // Rows that are not kept may be as many as they like.
        assertEquals(100, execute(open(), "SELECT repeat('x', 1000000) FROM generate_series(1, 100)"));
    }

    @Test
    void whetherACommitWasKeptIsNotKnownWhenTheConnectionBreaks() {
        DatabaseSession session = open();
        DatabaseSession other = open();
        execute(session, "CREATE TABLE slow (i int)");
        execute(
                session,
                "CREATE FUNCTION sleeps() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(100); RETURN NULL; END'");
        execute(
                session,
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sleeps()");
        Await.result("beginning", session.begin());
        execute(session, "INSERT INTO slow VALUES (1)");
        Future<Void> commit = session.commit();
        Await.until(
                "the commit to be under way",
                () -> count(other, "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'")
                        == 1);
        execute(other, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'COMMIT'");
        Throwable lost = Await.failure("the commit", commit);
        assertTrue(lost.getMessage().contains("whether it was kept isn't known"), lost.getMessage());
        assertFalse(lost.getMessage().contains("127.0.0.1"), lost.getMessage());
        execute(other, "DROP TABLE slow");
        execute(other, "DROP FUNCTION sleeps");
    }

    @Test
    void anotherPortIsDenied() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Throwable denied = Await.failure(
                    "a denial",
                    SessionFixture.databases()
                            .open(login(
                                    "postgresql://127.0.0.1:" + other.getLocalPort() + "/postgres?sslmode=disable")));
            assertInstanceOf(PermissionDeniedException.class, denied);
            assertTrue(denied.getMessage().contains("network-access:postgresql://127.0.0.1:" + other.getLocalPort()));
            other.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, other::accept, "nobody even knocked");
        }
    }

    private static DatabaseLogin login(String url) {
        return new DatabaseLogin(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    @Test
    void whatIsNoUrlOfADatabaseIsRefused() {
        for (String url : List.of(
                "postgresql://127.0.0.1:1/",
                "postgresql://127.0.0.1:1",
                "postgresql://me:secret@127.0.0.1:1/x",
                "postgresql://127.0.0.1:1/x?sslmode=prefer",
                "postgresql://127.0.0.1:1/x?password=secret",
                "postgresql://127.0.0.1:99999/x",
                "postgresql://2130706433:1/x",
                "postgresql://0177.0.0.1:1/x",
                "nothing")) {
            Throwable refused = Await.failure(url, SessionFixture.databases().open(login(url)));
            assertEquals("DP-0871", ((PluginException) refused).code(), url);
            assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
        }
        assertEquals("DP-0870", code(SessionFixture.databases().open(login("mysql://127.0.0.1:1/x"))));
    }

    @Test
    void revokingEndsWhatIsOpenAndTellsThePlugin() {
        DatabaseSession session = open();
        DatabaseSession busy = open();
        execute(session, "CREATE TABLE undone (i int)");
        Await.result("beginning", session.begin());
        execute(session, "INSERT INTO undone VALUES (1)");
        Future<Long> sleeping = busy.execute("SELECT pg_sleep(100)", List.of());
        kernel.kernel().grants().revoke(PLUGIN, PERMISSION);
        assertEquals("DP-0874", code(sleeping));
        assertEquals("DP-0874", code(session.ended()));
        assertEquals("DP-0874", code(busy.ended()));
        assertEquals("DP-0874", code(session.execute("SELECT 1", List.of())));
        assertInstanceOf(PermissionDeniedException.class, Await.failure("a denial", SessionFixture.open()));
        kernel.kernel().grants().grant(PLUGIN, PERMISSION, "a test", "");
        DatabaseSession watcher = open();
        Await.until("the server to have no other connection of it", () -> connections(watcher) == 1);
        assertEquals(0, count(watcher, "SELECT count(*) FROM undone"));
        execute(watcher, "DROP TABLE undone");
    }

    @Test
    void revokingEndsASessionSoon() throws Exception {
        Promptly.within(Promptly.REVOKED, () -> {
            kernel.kernel().grants().grant(PLUGIN, PERMISSION, "a test", "");
            DatabaseSession session = open();
            Future<Long> sleeping = session.execute("SELECT pg_sleep(100)", List.of());
            long before = System.nanoTime();
            kernel.kernel().grants().revoke(PLUGIN, PERMISSION);
            assertEquals("DP-0874", code(sleeping));
            assertEquals("DP-0874", code(session.ended()));
            return System.nanoTime() - before;
        });
        kernel.kernel().grants().grant(PLUGIN, PERMISSION, "a test", "");
    }

    @Test
    void theServerEndingTheConnectionIsTold() {
        DatabaseSession session = open();
        DatabaseSession other = open();
        Await.result("beginning", session.begin());
        long process = Await.value(
                        "its process",
                        session.query("SELECT pg_backend_pid()", List.of(), 1).compose(RowReader::next))
                .orElseThrow()
                .columns()
                .get(0)
                .getLong(0);
        execute(other, "SELECT pg_terminate_backend($1)", (int) process);
        assertEquals("DP-0875", code(session.ended()));
        assertEquals("DP-0875", code(session.commit()));
    }

    @Test
    void stoppingThePluginEndsItsSessionsAndWhatTheyWorkOn() {
        open().execute("SELECT pg_sleep(100)", List.of());
        open();
        plugin.reload();
        DatabaseSession watcher = open();
        Await.until("the server to have no other connection of it", () -> connections(watcher) == 1);
    }

    @Test
    void noMoreThanSixteenAtOnceAndAWrongPasswordIsNeverShown() {
        List<DatabaseSession> open = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            open.add(open());
        }
        assertEquals("DP-0872", code(SessionFixture.open()));
        Await.result("leaving", open.get(0).close());
        Throwable refused = Await.failure(
                "a refusal",
                SessionFixture.databases()
                        .open(new DatabaseLogin(SERVER.url(), PostgresServer.USER, "wrong-and-secret")));
        assertEquals("DP-0876", ((PluginException) refused).code());
        assertTrue(refused.getMessage().contains("password authentication failed"), refused.getMessage());
        for (Throwable each = refused; each != null; each = each.getCause()) {
            assertFalse(each.toString().contains("wrong-and-secret"), each.toString());
        }
        assertFalse(login(SERVER.url()).toString().contains(PostgresServer.PASSWORD));
        open();
    }

    private static Future<DatabaseSession> opening(String host, String mode, String certificates) {
        return SessionFixture.databases()
                .open(new DatabaseLogin(
                        "postgresql://" + host + ":" + SERVER.port() + "/postgres" + mode,
                        PostgresServer.USER,
                        PostgresServer.PASSWORD,
                        certificates));
    }

    @Test
    void tlsIsTheDefaultAndHeldAgainstTheHost() {
        String known = SERVER.certificate();
        List<Future<DatabaseSession>> good = List.of(
                opening("127.0.0.1", "", known),
                opening("127.0.0.1", "?sslmode=verify-full", known),
                opening("localhost", "?sslmode=verify-ca", known),
                opening("localhost", "?sslmode=require", ""));
        for (Future<DatabaseSession> opening : good) {
            DatabaseSession session = Await.value("a session", opening);
            assertEquals(1, count(session, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
        }
        List<Future<DatabaseSession>> bad = List.of(
                opening("127.0.0.1", "", ""),
                opening("127.0.0.1", "?sslmode=verify-ca", ""),
                opening("localhost", "", known));
        for (Future<DatabaseSession> opening : bad) {
            assertEquals("DP-0876", code(opening));
        }
    }

    @Test
    void nothingFallsBackToPlainText() throws Exception {
        try (ServerSocket without = new ServerSocket(0)) {
            Permission there = Permission.parse("network-access:postgresql://127.0.0.1:" + without.getLocalPort());
            PluginUnderTest other = kernel.load(PluginJar.of("asking-" + without.getLocalPort())
                    .main(SessionFixture.class)
                    .requests(there.toString()));
            Future<DatabaseSession> opening = SessionFixture.databases()
                    .open(login("postgresql://127.0.0.1:" + without.getLocalPort() + "/postgres?sslmode=require"));
            try (Socket client = without.accept()) {
                assertEquals(8, client.getInputStream().readNBytes(8).length, "it asks for TLS");
                client.getOutputStream().write('N');
                client.getOutputStream().flush();
                assertEquals("DP-0876", code(opening));
                assertEquals(-1, client.getInputStream().read(), "and says nothing else");
            }
            other.unload();
            plugin.reload();
        }
    }
}
