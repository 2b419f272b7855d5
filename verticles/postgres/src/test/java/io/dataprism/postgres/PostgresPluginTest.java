package io.dataprism.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.testjars.PostgresServer;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin on a real PostgreSQL, with the tables of the plugin 'tables'. */
class PostgresPluginTest {
    private static final PostgresServer SERVER = PostgresServer.running();
    private static final Psql OTHER = new Psql(SERVER);
    private static final PluginId ID = new PluginId("postgres");

    private static Vertx vertx;
    private static TestKernel kernel;
    private static PluginUnderTest postgres;

    private String connection;

    /** Granted exactly what one database takes, and what any use of tables does. */
    @BeforeAll
    static void load() {
        vertx = Vertx.vertx();
        // A sync that goes on is not waited for at a stop.
        StepDeadlines usual = StepDeadlines.DEFAULT;
        StepDeadlines impatient = new StepDeadlines(
                usual.load(),
                usual.initialize(),
                usual.start(),
                Optional.of(Duration.ofMillis(200)),
                usual.stop(),
                usual.destroy(),
                usual.slice());
        kernel = TestKernel.on(
                vertx,
                KernelOptions.DEFAULT
                        .withNode("test")
                        .withDevMode(true)
                        .withSandboxed(true)
                        .withSteps(impatient));
        kernel.load(Path.of("../tables/target/classes"));
        PluginUnderTest plugin = kernel.install(Path.of("target/classes"));
        JsonObject there = new JsonObject()
                .put("url", SERVER.url())
                .put("user", PostgresServer.USER)
                .put("password", PostgresServer.PASSWORD);
        JsonObject databases = new JsonObject()
                .put("shop", there)
                .put("elsewhere", there.copy().put("url", "postgresql://127.0.0.1:1/postgres?sslmode=disable"))
                .put("malformed", there.copy().put("url", "postgresql://u:p%ss@127.0.0.1/postgres"))
                .put("private", there.copy().put("callers", new JsonArray().add("trusted")));
        postgres = plugin.granted(
                        SERVER.permission(),
                        "call:tables:table-*",
                        "event-subscribe:plugin.*.stopped",
                        "event-subscribe:plugin.*.error",
                        "event-subscribe:plugin.*.quarantined")
                .configured(new JsonObject().put("databases", databases))
                .load();
    }

    @AfterAll
    static void close() {
        kernel.close();
        Await.result("Vert.x to close", vertx.close());
    }

    @BeforeEach
    void connect() {
        connection = connect("shop").getString("connection");
    }

    private static JsonObject connect(String database) {
        return postgres.call("connect", new JsonObject().put("config", new JsonObject().put("database", database)));
    }

    private JsonObject request(JsonObject query) {
        return new JsonObject().put("connection", connection).put("query", query);
    }

    private JsonObject fetch(JsonObject query) {
        return postgres.call("fetch", request(query));
    }

    private JsonObject sql(String sql, Object... parameters) {
        return new JsonObject().put("sql", sql).put("parameters", new JsonArray(List.of(parameters)));
    }

    /** Does something in the database, as somebody else. */
    private static void run(String sql) {
        OTHER.run(sql);
    }

    private String rows(JsonObject data, String query) {
        JsonObject request = new JsonObject()
                .put("data", data)
                .put("config", new JsonObject().put("sql", query).put("as", "rows"));
        return Await.value("the rows", kernel.kernel().<JsonArray>call("tables", "transform", request))
                .encode();
    }

    private JsonObject syncing(Object data, JsonObject config) {
        return new JsonObject().put("connection", connection).put("data", data).put("config", config);
    }

    private long count(String table) {
        JsonObject fetched = fetch(sql("SELECT count(*) AS n FROM " + table));
        return new JsonArray(rows(fetched.getJsonObject("data"), "FROM data"))
                .getJsonObject(0)
                .getLong("n");
    }

    @Test
    void connectsAndTellsWhatItFound() {
        JsonObject details = connect("shop").getJsonObject("details");
        assertEquals("postgresql", details.getString("kind"));
        assertEquals("postgres", details.getString("database"));
        assertFalse(details.encode().contains(PostgresServer.PASSWORD));
        postgres.reply("disconnect", new JsonObject().put("connection", connection));
        assertEquals(
                "DP-0882",
                postgres.callFailure(FailureKind.INVALID, "fetch", request(sql("SELECT 1")))
                        .code());
        CallException unknown = postgres.callFailure(
                FailureKind.INVALID,
                "connect",
                new JsonObject().put("config", new JsonObject().put("database", "none")));
        assertTrue(unknown.getMessage().contains("elsewhere, malformed, private, shop"), unknown.getMessage());
    }

    @Test
    void anotherPortIsDenied() {
        CallException denied = postgres.callFailure(
                FailureKind.DENIED,
                "connect",
                new JsonObject().put("config", new JsonObject().put("database", "elsewhere")));
        assertTrue(denied.getMessage().contains("'elsewhere'"), denied.getMessage());
        assertFalse(denied.getMessage().contains("127.0.0.1"), denied.getMessage());
        JsonObject health = postgres.call("health", new JsonObject());
        assertEquals("down", health.getString("status"));
        assertEquals(
                "{\"elsewhere\":\"down\",\"malformed\":\"down\",\"private\":\"up\",\"shop\":\"up\"}",
                health.getJsonObject("details").getJsonObject("databases").encode());
    }

    @Test
    void nobodyIsToldWhatStandsInTheConfiguration() {
        CallException malformed = postgres.callFailure(
                FailureKind.INVALID,
                "connect",
                new JsonObject().put("config", new JsonObject().put("database", "malformed")));
        assertTrue(malformed.getMessage().contains("'malformed'"), malformed.getMessage());
        for (Throwable each = malformed; each != null; each = each.getCause()) {
            assertFalse(each.toString().contains("p%ss"), each.toString());
        }
        CallException refused = postgres.callFailure(FailureKind.FAILED, "fetch", request(sql("nonsense")));
        assertTrue(refused.getMessage().contains("database 'postgres'"), refused.getMessage());
        assertFalse(refused.getMessage().contains("127.0.0.1"), refused.getMessage());
    }

    /** Asks for the health, and for a connection with the database of its own name. */
    private static PluginUnderTest asking(String id, String... permissions) {
        return kernel.load(PluginJar.of(id)
                .main("test.Asking")
                .source("test.Asking", """
                        package test;

                        import io.dataprism.api.*;
                        import io.vertx.core.Future;
                        import io.vertx.core.json.JsonObject;

                        public final class Asking implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                return Future.succeededFuture();
                            }

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("ask", call -> context.calls()
                                        .<JsonObject>call("postgres", call.json().getString("capability"), call.json().getJsonObject("request")));
                            }
                        }
                        """)
                .capabilities("ask")
                .requests(permissions));
    }

    private static JsonObject asked(String capability, JsonObject request) {
        return new JsonObject().put("capability", capability).put("request", request);
    }

    @Test
    void aDatabaseIsForItsCallers() {
        PluginUnderTest trusted = asking("trusted", "call:postgres:*", SERVER.permission());
        PluginUnderTest other = asking("other", "call:postgres:*", SERVER.permission());
        PluginUnderTest stranger = asking("stranger", "call:postgres:*");
        JsonObject connect =
                asked("connect", new JsonObject().put("config", new JsonObject().put("database", "private")));
        assertEquals(
                "postgresql",
                trusted.call("ask", connect).getJsonObject("details").getString("kind"));
        for (PluginUnderTest denied : List.of(other, stranger)) {
            CallException refused = postgres(Await.failure("a denial", denied.calling("ask", connect)));
            assertEquals("DP-0303", refused.code(), refused.getMessage());
            assertFalse(refused.getMessage().contains("127.0.0.1"), refused.getMessage());
        }
        JsonObject health = asked("health", new JsonObject());
        assertEquals("{\"malformed\":\"down\",\"private\":\"up\",\"shop\":\"up\"}", databases(trusted, health));
        assertEquals("{\"malformed\":\"down\",\"shop\":\"up\"}", databases(other, health));
        assertEquals("{\"malformed\":\"down\"}", databases(stranger, health));
        trusted.unload();
        other.unload();
        stranger.unload();
    }

    private static CallException postgres(Throwable failure) {
        return (CallException) failure;
    }

    private static String databases(PluginUnderTest plugin, JsonObject health) {
        return plugin.call("ask", health)
                .getJsonObject("details")
                .getJsonObject("databases")
                .encode();
    }

    @Test
    void oneCallerHasAFewSessionsAtOnce() {
        JsonObject sleeping = request(sql("SELECT 1 AS one, pg_sleep(100)::text AS crowd"));
        List<Future<JsonObject>> fetches = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST; i++) {
            fetches.add(postgres.calling("fetch", sleeping));
        }
        Await.until("all to sleep", () -> OTHER.count("AS crowd") == Sessions.MOST);
        assertEquals(
                "DP-0872",
                postgres.callFailure(FailureKind.BUSY, "fetch", request(sql("SELECT 1 AS one")))
                        .code());
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dataprism/postgres'");
        fetches.forEach(fetch -> assertEquals("DP-0875", ((CallException) Await.failure("the fetch", fetch)).code()));
        assertEquals(1, fetch(sql("SELECT 1 AS one")).getJsonObject("report").getInteger("rows"));
    }

    @Test
    void eachTypeArrivesInTheTable() {
        JsonObject fetched = fetch(sql(
                "SELECT * FROM (VALUES (1, true, 9007199254740993::int8, 0.5::float8, 1.10::numeric, '=a\"b,\nc\\N'::text,"
                        + " date '2024-02-29', time '23:59:59.5', timestamptz '1969-12-31 23:59:59.999999+00', '{\"a\": [1]}'::jsonb, '\\x00ff'::bytea, ARRAY['x']),"
                        + " (2, NULL, NULL, NULL, -12345678901234567890.5, '', NULL, NULL, NULL, NULL, NULL, NULL),"
                        + " (3, NULL, NULL, 'Infinity', 2, NULL, date '0044-03-15 BC', NULL, NULL, 'null', '', NULL))"
                        + " AS t(\"I\", b, l, d, n, \"te\"\"xt\", da, ti, ts, j, bt, li) ORDER BY 1"));
        assertEquals(3, fetched.getJsonObject("report").getInteger("rows"));
        assertEquals(
                "host", fetched.getJsonObject("data").getJsonObject("$table").getString("owner"));
        StringBuilder types = new StringBuilder();
        fetched.getJsonObject("report")
                .getJsonArray("columns")
                .forEach(column -> types.append(((JsonObject) column).getString("name"))
                        .append(' ')
                        .append(((JsonObject) column).getString("type"))
                        .append(", "));
        assertEquals(
                "I long, b boolean, l long, d double, n decimal, te\"xt text, da date, ti time, ts timestamp, j json, bt bytes, li json, ",
                types.toString());
        String shown = rows(
                fetched.getJsonObject("data"),
                "SELECT \"I\"::VARCHAR || '|' || coalesce(b::VARCHAR, '?') || '|' || coalesce(l::VARCHAR, '?') || '|' || coalesce(d::VARCHAR, '?') || '|' ||"
                        + " coalesce(n::VARCHAR, '?') || '|' || coalesce(\"te\"\"xt\", '?') || '|' || coalesce(da::VARCHAR, '?') || '|' || coalesce(ti::VARCHAR, '?') || '|' ||"
                        + " coalesce(ts::VARCHAR, '?') || '|' || coalesce(j::VARCHAR, '?') || '|' || coalesce(hex(bt), '?') || '|' || coalesce(li::VARCHAR, '?') AS x"
                        + " FROM data ORDER BY \"I\"");
        assertEquals(
                new JsonArray()
                        .add(
                                new JsonObject()
                                        .put(
                                                "x",
                                                "1|true|9007199254740993|0.5|1.10|=a\"b,\nc\\N|2024-02-29|23:59:59.5|1969-12-31 23:59:59.999999|{\"a\": [1]}|00FF|[\"x\"]"))
                        .add(new JsonObject().put("x", "2|?|?|?|-12345678901234567890.50||?|?|?|?|?|?"))
                        .add(new JsonObject().put("x", "3|?|?|inf|2.00|?|0044-03-15 (BC)|?|?|null||?"))
                        .encode(),
                shown);
    }

    @Test
    void aLargeResultIsPutTogetherFromManyPieces() {
        JsonObject fetched = fetch(
                sql(
                        "SELECT i, CASE WHEN i % 2 = 0 THEN repeat('x', 20000) END AS wide FROM generate_series(1, 4000) AS i"));
        assertEquals(4_000, fetched.getJsonObject("report").getInteger("rows"));
        assertEquals(
                "[{\"n\":4000,\"s\":8002000,\"w\":2000,\"sorted\":true}]",
                rows(
                        fetched.getJsonObject("data"),
                        "SELECT count(*) AS n, sum(i)::BIGINT AS s, count(wide) AS w, list(i) = range(1, 4001) AS sorted FROM data"));
        JsonObject none = fetch(sql("SELECT 1 AS a, NULL::date AS d WHERE false"));
        assertEquals("[]", rows(none.getJsonObject("data"), "FROM data"));
        JsonObject one = fetch(sql("SELECT repeat('y', 3000000) AS large"));
        assertEquals("[{\"n\":3000000}]", rows(one.getJsonObject("data"), "SELECT length(large) AS n FROM data"));
        assertEquals(
                "DP-0884",
                postgres.callFailure(FailureKind.FAILED, "fetch", request(sql("SELECT repeat('y', 5000000) AS large")))
                        .code());
    }

    @Test
    void aTableIsNamedExactlyAndParametersAreValues() {
        run("CREATE TABLE \"odd \"\"; DROP TABLE x; --\" (\"a.b\" int, c text)");
        run("INSERT INTO \"odd \"\"; DROP TABLE x; --\" VALUES (1, 'one'), (2, NULL)");
        JsonObject named = new JsonObject()
                .put("table", "odd \"; DROP TABLE x; --")
                .put("schema", "public")
                .put("columns", new JsonArray().add("a.b"));
        assertEquals("[{\"a.b\":1},{\"a.b\":2}]", rows(fetch(named).getJsonObject("data"), "FROM data ORDER BY 1"));
        JsonObject found = fetch(sql("SELECT $1::text AS t, $2::int AS i", "'; DROP TABLE x; --", 7));
        assertEquals("[{\"t\":\"'; DROP TABLE x; --\",\"i\":7}]", rows(found.getJsonObject("data"), "FROM data"));
        for (String statement :
                new String[] {"DELETE FROM pg_class", "SELECT 1; SELECT 2", "SELECT 1) AS q; SELECT (2", "nonsense"}) {
            CallException refused = postgres.callFailure(FailureKind.FAILED, "fetch", request(sql(statement)));
            assertEquals("DP-0877", refused.code(), statement);
        }
        assertEquals(
                "DP-0881",
                postgres.callFailure(FailureKind.INVALID, "fetch", request(sql("SELECT 1 AS a, 2 AS \"A\"")))
                        .code());
        assertEquals(
                "DP-0881",
                postgres.callFailure(
                                FailureKind.INVALID, "fetch", request(new JsonObject().put("table", "x".repeat(64))))
                        .code());
        CallException tooMany = postgres.callFailure(
                FailureKind.FAILED,
                "fetch",
                request(sql("SELECT * FROM generate_series(1, 1000) AS i"))
                        .put("options", new JsonObject().put("maxRows", 999)));
        assertEquals("DP-0884", tooMany.code());
        run("DROP TABLE \"odd \"\"; DROP TABLE x; --\"");
    }

    @Test
    void syncInsertsAndUpdatesWhateverTheTypes() {
        run("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        run(
                "CREATE TABLE people (id uuid PRIMARY KEY, name varchar(5) NOT NULL, mood mood, born date, seen timestamptz, paid numeric(9,2), more jsonb,"
                        + " tags text[], n smallint DEFAULT 3, raw bytea, code char(3))");
        JsonObject fetched = fetch(
                sql(
                        "SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS id, 'Ada' AS name, 'happy' AS mood, date '1815-12-10' AS born,"
                                + " timestamptz '2024-01-01 00:00:00.000001+00' AS seen, 12.34 AS paid, '{\"a\": 1}'::jsonb AS more, '{a,b}' AS tags, '\\x00ff'::bytea AS raw, 'abc' AS code"));
        JsonObject into = new JsonObject().put("table", "people").put("key", new JsonArray().add("id"));
        JsonObject first = postgres.call("sync", syncing(fetched.getJsonObject("data"), into));
        assertEquals("{\"table\":\"\\\"people\\\"\",\"rows\":1,\"changed\":1}", first.encode());
        JsonArray more = new JsonArray()
                .add(new JsonObject()
                        .put("id", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
                        .put("name", "Ada'")
                        .put("mood", "sad"))
                .add(new JsonObject()
                        .put("id", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12")
                        .put("name", "Bob")
                        .put("mood", null));
        assertEquals(2, postgres.call("sync", syncing(more, into)).getInteger("changed"));
        JsonObject back = fetch(
                sql(
                        "SELECT concat_ws('|', name, mood, born, extract(epoch FROM seen), paid, more, tags::text, n, raw, code) AS x FROM people ORDER BY id"));
        assertEquals(
                "[{\"x\":\"Ada'|sad|1815-12-10|1704067200.000001|12.34|{\\\"a\\\": 1}|{a,b}|3|\\\\x00ff|abc\"},{\"x\":\"Bob|3\"}]",
                rows(back.getJsonObject("data"), "FROM data"));
        run("DROP TABLE people");
        run("DROP TYPE mood");
    }

    @Test
    void aSyncThatFailsInTheMiddleLeavesNothing() {
        run("CREATE TABLE strict (i int PRIMARY KEY, t varchar(3))");
        JsonArray rows = new JsonArray();
        for (int i = 0; i < 3_000; i++) {
            rows.add(new JsonObject().put("i", i).put("t", i == 2_999 ? "long" : "ok"));
        }
        JsonObject into = new JsonObject().put("table", "strict").put("key", new JsonArray().add("i"));
        CallException refused = postgres.callFailure(FailureKind.FAILED, "sync", syncing(rows, into));
        assertTrue(refused.getMessage().contains("22001"), refused.getMessage());
        assertEquals(0, count("strict"));
        for (JsonObject wrong : new JsonObject[] {
            new JsonObject().put("table", "none"),
            new JsonObject().put("table", "pg_type; DROP TABLE strict"),
            new JsonObject().put("table", "strict").put("schema", "other")
        }) {
            assertEquals(
                    "DP-0883",
                    postgres.callFailure(FailureKind.FAILED, "sync", syncing(rows, wrong))
                            .code());
        }
        JsonArray foreign = new JsonArray().add(new JsonObject().put("i", 1).put("nobody's", 2));
        assertEquals(
                "DP-0883",
                postgres.callFailure(FailureKind.FAILED, "sync", syncing(foreign, into))
                        .code());
        assertEquals(0, count("strict"));
        run("DROP TABLE strict");
    }

    /** A table whose rows take long to be written: each waits for a lock that the test holds. */
    private Psql.Held hold(String table) throws Exception {
        run("CREATE TABLE " + table + " (i int PRIMARY KEY, t text)");
        run("INSERT INTO " + table + " VALUES (1500, 'held')");
        return OTHER.hold("UPDATE " + table + " SET t = 'changed' WHERE i = 1500");
    }

    private Future<JsonObject> syncInto(String table) {
        JsonObject numbers = fetch(sql("SELECT i, 'new' AS t FROM generate_series(0, 4999) AS i"));
        JsonObject into = new JsonObject().put("table", table).put("key", new JsonArray().add("i"));
        return postgres.calling("sync", syncing(numbers.getJsonObject("data"), into));
    }

    private static void awaitWaiting() {
        Await.until("the sync to wait in the middle", () -> OTHER.waiting() == 1);
    }

    @Test
    void aConnectionThatIsCutInTheMiddleLeavesNothing() throws Exception {
        try (Psql.Held lock = hold("cut")) {
            Future<JsonObject> sync = syncInto("cut");
            awaitWaiting();
            run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dataprism/postgres'");
            assertEquals("DP-0875", ((CallException) Await.failure("the sync", sync)).code());
        }
        assertEquals(1, count("cut"));
        run("DROP TABLE cut");
    }

    @Test
    void aPermissionThatIsTakenBackInTheMiddleLeavesNothing() throws Exception {
        try (Psql.Held lock = hold("revoked")) {
            Future<JsonObject> sync = syncInto("revoked");
            awaitWaiting();
            long before = System.nanoTime();
            kernel.kernel().grants().revoke(ID, SERVER.permission());
            assertEquals("DP-0874", ((CallException) Await.failure("the sync", sync)).code());
            long took = (System.nanoTime() - before) / 1_000_000;
            assertTrue(took < 1_000, "it took " + took + " ms");
            postgres.callFailure(FailureKind.DENIED, "fetch", request(sql("SELECT 1")));
            Await.until("the server to be left", () -> OTHER.waiting() == 0);
        } finally {
            kernel.kernel().grants().grant(ID, SERVER.permission(), "a test", "");
        }
        assertEquals(1, count("revoked"));
        run("DROP TABLE revoked");
    }

    @Test
    void aPluginThatIsReloadedInTheMiddleLeavesNothing() throws Exception {
        try (Psql.Held lock = hold("stopped")) {
            Future<JsonObject> sync = syncInto("stopped");
            awaitWaiting();
            postgres.reload();
            Await.failure("the sync", sync);
            Await.until("the server to be left", () -> OTHER.waiting() == 0);
        }
        connect();
        assertEquals(1, count("stopped"));
        run("DROP TABLE stopped");
    }

    @Test
    void aCallerThatIsGoneIsNotWorkedFor() throws Exception {
        PluginUnderTest caller = kernel.load(PluginJar.of("caller")
                .main("test.Caller")
                .source("test.Caller", """
                        package test;

                        import io.dataprism.api.*;
                        import io.vertx.core.Future;
                        import io.vertx.core.json.JsonObject;
                        import java.time.Duration;

                        public final class Caller implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                return Future.succeededFuture();
                            }

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("sleep", call -> context.calls()
                                        .<JsonObject>call("postgres", "connect", new JsonObject().put("config", new JsonObject().put("database", "shop")))
                                        .compose(made -> context.calls().<JsonObject>call("postgres", "fetch", new JsonObject()
                                                .put("connection", made.getString("connection"))
                                                .put("query", new JsonObject().put("sql", "SELECT 1 AS one, pg_sleep(100)::text AS two")),
                                                CallOptions.within(Duration.ofMillis(300)))));
                            }
                        }
                        """)
                .capabilities("sleep")
                .requests("call:postgres:*", SERVER.permission()));
        caller.callFailure(FailureKind.LATE, "sleep", new JsonObject());
        Await.until("the query to end", () -> OTHER.count("pg_sleep(100)") == 0);
    }
}
