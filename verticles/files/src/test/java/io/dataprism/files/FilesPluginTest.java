package io.dataprism.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.PluginId;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PluginTest(with = "../tables")
class FilesPluginTest {
    @TempDir
    Path folder;

    private static String connect(PluginUnderTest files, JsonObject config) {
        return files.call("connect", new JsonObject().put("config", config)).getString("connection");
    }

    private static JsonObject at(Path path) {
        return new JsonObject().put("path", path.toString());
    }

    private static JsonObject query(String connection, String path) {
        return new JsonObject().put("connection", connection).put("query", new JsonObject().put("path", path));
    }

    private JsonArray rows(TestKernel kernel, JsonObject data) {
        JsonObject request = new JsonObject()
                .put("data", data)
                .put("config", new JsonObject().put("sql", "FROM data").put("as", "rows"));
        return Await.value("the rows", kernel.kernel().<JsonArray>call("tables", "transform", request));
    }

    /** Connects to a folder at its start. */
    public static final class Connecting implements Plugin {
        private PluginContext context;

        @Override
        public Future<Void> initialize(PluginContext given) {
            context = given;
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> start() {
            JsonObject config = new JsonObject().put("path", context.config().getString("path"));
            return context.calls()
                    .call("files", "connect", new JsonObject().put("config", config))
                    .mapEmpty();
        }
    }

    @Test
    void whoConnectsAgainAndAgainLosesWhatItDoesNotUse(PluginUnderTest files) throws Exception {
        Files.writeString(folder.resolve("a.csv"), "a\n1\n");
        String used = connect(files, at(folder));
        String unused = connect(files, at(folder));
        for (int i = 2; i < 1_000; i++) {
            connect(files, at(folder));
        }
        files.call("fetch", query(used, "a.csv"));
        connect(files, at(folder));
        assertEquals(1_000, connections(files));
        files.call("fetch", query(used, "a.csv"));
        CallException gone = files.callFailure(FailureKind.INVALID, "fetch", query(unused, "a.csv"));
        assertEquals("DP-0754", gone.code());
    }

    @Test
    void aConnectionEndsWithThePluginThatMadeIt(TestKernel kernel, PluginUnderTest files) throws Exception {
        connect(files, at(folder));
        PluginJar jar = PluginJar.of("connecting")
                .main(Connecting.class)
                .requests("call:files:connect", "file-access:read:" + folder.toRealPath() + "/**");
        PluginUnderTest caller = kernel.install(jar).configured(at(folder)).load();
        assertEquals(2, connections(files));
        caller.stop();
        Await.until("its connection to end, and no other", () -> connections(files) == 1);
    }

    private static int connections(PluginUnderTest files) {
        return files.call("health", new JsonObject()).getJsonObject("details").getInteger("connections");
    }

    @Test
    void fetchesAForeignCsvAndWritesItBack(TestKernel kernel, PluginUnderTest files) throws Exception {
        Files.write(
                folder.resolve("preise.csv"),
                "artikel;preis;seit\nTürgriff;1.234,56;31.12.2024\nSchloß;7,5;k.A.\n"
                        .getBytes(Charset.forName("windows-1252")));
        JsonObject connected = files.call("connect", new JsonObject().put("config", at(folder)));
        assertEquals("folder", connected.getJsonObject("details").getString("kind"));
        assertEquals(
                "preise.csv",
                connected
                        .getJsonObject("details")
                        .getJsonArray("files")
                        .getJsonObject(0)
                        .getString("path"));
        String connection = connected.getString("connection");

        JsonObject fetched = files.call("fetch", query(connection, "preise.csv"));
        assertEquals(
                "host",
                fetched.getJsonObject("data").getJsonObject("$table").getString("owner"),
                "the table is the caller's");
        JsonObject report = fetched.getJsonObject("report");
        assertEquals("windows-1252", report.getJsonObject("detected").getString("encoding"));
        assertEquals(2, report.getInteger("rows"));
        assertEquals(0, report.getJsonObject("rejected").getInteger("count"));
        assertEquals(
                "[{\"artikel\":\"Türgriff\",\"preis\":1234.56,\"seit\":\"2024-12-31\"},{\"artikel\":\"Schloß\",\"preis\":7.5,\"seit\":null}]",
                rows(kernel, fetched.getJsonObject("data")).encode());

        for (String name : new String[] {"a.csv", "b.tsv", "c.json", "d.ndjson.gz", "deep/e.parquet"}) {
            JsonObject written = files.call(
                    "sync",
                    new JsonObject()
                            .put("connection", connection)
                            .put("data", fetched.getJsonObject("data"))
                            .put("config", new JsonObject().put("path", name)));
            assertEquals(Files.size(folder.resolve(name)), written.getLong("bytes"), name);
            JsonObject again = files.call("fetch", query(connection, name));
            assertEquals(rows(kernel, fetched.getJsonObject("data")), rows(kernel, again.getJsonObject("data")), name);
        }
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            assertFalse(all.anyMatch(path -> path.toString().endsWith(".part")));
        }
    }

    @Test
    void reportsRaggedRowsAndKeepsInside(PluginUnderTest files) throws Exception {
        Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n3\n4,5\n");
        Files.createSymbolicLink(
                folder.resolve("link.csv"), Files.writeString(folder.resolveSibling("outside.csv"), "a\n1\n"));
        String connection = connect(files, at(folder));
        CallException ragged = files.callFailure(FailureKind.FAILED, "fetch", query(connection, "ragged.csv"));
        assertTrue(ragged.getMessage().contains("line 3"), ragged.getMessage());
        JsonObject skipped = files.call(
                "fetch", query(connection, "ragged.csv").put("options", new JsonObject().put("badRows", "skip")));
        JsonObject rejected = skipped.getJsonObject("report").getJsonObject("rejected");
        assertEquals(3, rejected.getJsonArray("rows").getJsonObject(0).getInteger("line"));
        for (String path : new String[] {"link.csv", "../outside.csv", "/etc/passwd"}) {
            CallException outside = files.callFailure(FailureKind.DENIED, "fetch", query(connection, path));
            assertEquals("DP-0755", outside.code());
        }
        files.callFailure(FailureKind.INVALID, "fetch", query("made-up", "ragged.csv"));
        CallException missing = files.callFailure(FailureKind.FAILED, "fetch", query(connection, "none.csv"));
        assertEquals("DP-0753", missing.code());
        files.reply("disconnect", new JsonObject().put("connection", connection));
        files.callFailure(FailureKind.INVALID, "fetch", query(connection, "ragged.csv"));
        assertEquals("up", files.call("health", new JsonObject()).getString("status"));
    }

    @Test
    void fetchesFromTheWeb(TestKernel kernel, PluginUnderTest files, Vertx vertx) {
        HttpServer server = Await.value(
                "the server to listen",
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            if (request.path().equals("/a.csv")) {
                                request.response().end("a,b\n1,é\n");
                            } else {
                                request.response().setStatusCode(404).end();
                            }
                        })
                        .listen(0, "127.0.0.1"));
        String base = "http://127.0.0.1:" + server.actualPort();
        // That it may fetch from anywhere does not mean from this machine.
        JsonObject local =
                new JsonObject().put("connection", connect(files, new JsonObject().put("url", base + "/a.csv")));
        files.callFailure(FailureKind.DENIED, "fetch", local);
        kernel.kernel()
                .grants()
                .grant(new PluginId("files"), "network-access:" + base, "a test", "Its server is here.");
        JsonObject good =
                new JsonObject().put("connection", connect(files, new JsonObject().put("url", base + "/a.csv")));
        JsonObject fetched = files.call("fetch", good);
        assertEquals(
                "[{\"a\":1,\"b\":\"é\"}]",
                rows(kernel, fetched.getJsonObject("data")).encode());
        JsonObject bad =
                new JsonObject().put("connection", connect(files, new JsonObject().put("url", base + "/b.csv")));
        assertEquals(
                "DP-0756", files.callFailure(FailureKind.FAILED, "fetch", bad).code());
        Await.result("the server to close", server.close());
    }

    @Test
    void aPluginReachesOnlyWhatItWasGranted(TestKernel kernel, PluginUnderTest files) throws Exception {
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/a.csv"), "a\n1\n");
        Files.writeString(folder.resolve("other.csv"), "a\n1\n");
        String scope = "file-access:read:" + folder.toRealPath() + "/mine/**";
        PluginUnderTest reader = kernel.load(PluginJar.of("reader")
                .main("test.Reader")
                .source("test.Reader", """
                        package test;

                        import io.dataprism.api.*;
                        import io.vertx.core.Future;
                        import io.vertx.core.json.JsonObject;

                        public final class Reader implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                return Future.succeededFuture();
                            }

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("connect", call -> context.calls()
                                        .<JsonObject>call("files", "connect", new JsonObject().put("config", call.json())));
                            }
                        }
                        """)
                .capabilities("connect")
                .requests("call:files:*", scope));
        assertEquals(
                "file",
                reader.call("connect", at(folder.resolve("mine/a.csv")))
                        .getJsonObject("details")
                        .getString("kind"));
        assertEquals(
                "folder",
                reader.call("connect", at(folder.resolve("mine")))
                        .getJsonObject("details")
                        .getString("kind"));
        reader.callFailure(FailureKind.DENIED, "connect", at(folder.resolve("other.csv")));
        reader.callFailure(FailureKind.DENIED, "connect", at(folder));
        reader.callFailure(FailureKind.DENIED, "connect", new JsonObject().put("url", "http://127.0.0.1:1/"));
    }
}
