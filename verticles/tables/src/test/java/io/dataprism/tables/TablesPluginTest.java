package io.dataprism.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamReader;
import io.dataprism.api.TableBatch;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PluginTest
class TablesPluginTest {
    @TempDir
    Path folder;

    private static JsonObject create(PluginUnderTest tables) {
        return tables.call(
                "table-create",
                new JsonObject("{\"rows\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"},{\"a\":3,\"b\":\"x\"}]}"));
    }

    @Test
    void makesDescribesReadsAndReleasesATable(PluginUnderTest tables) {
        JsonObject handle = create(tables);
        assertEquals("host", handle.getJsonObject("$table").getString("owner"));
        JsonObject schema = tables.call("table-describe", new JsonObject().put("table", handle));
        assertEquals(3, schema.getInteger("rows"));
        StreamReader<TableBatch> reader = tables.stream(
                "table-read", new JsonObject().put("table", handle).put("batchRows", 2));
        assertEquals(3, ((JsonObject) reader.head()).getInteger("rows"));
        assertEquals(2, Await.value("a batch", reader.next()).orElseThrow().rows());
        TableBatch second = Await.value("a batch", reader.next()).orElseThrow();
        assertEquals("x", second.columns().get(1).getText(0));
        assertTrue(Await.value("the end", reader.next()).isEmpty());
        tables.reply("table-release", new JsonObject().put("table", handle));
        CallException gone =
                tables.callFailure(FailureKind.INVALID, "table-describe", new JsonObject().put("table", handle));
        assertEquals("DP-0710", gone.code());
    }

    @Test
    void opensNoMoreReadersThanTheLimitAlsoAllAtOnce(PluginUnderTest tables) {
        // More than is read ahead: a reader that came to its end makes room for another.
        JsonArray rows = new JsonArray();
        for (int row = 0; row < 2_000; row++) {
            rows.add(new JsonObject().put("a", row));
        }
        JsonObject handle = tables.call("table-create", new JsonObject().put("rows", rows));
        JsonObject request = new JsonObject().put("table", handle).put("batchRows", 2);
        List<Future<StreamReader<TableBatch>>> opening = Stream.generate(
                        () -> tables.<TableBatch>streaming("table-read", request))
                .limit(80)
                .toList();
        Await.until("every call to end", () -> opening.stream().allMatch(Future::isComplete));
        List<Future<StreamReader<TableBatch>>> opened =
                opening.stream().filter(Future::succeeded).toList();
        assertEquals(64, opened.size(), () -> String.valueOf(opening.get(0).cause()));
        opened.get(0).result().close();
        Await.until("room for one more", () -> {
            Future<StreamReader<TableBatch>> another = tables.streaming("table-read", request);
            Await.until("it to open or not", another::isComplete);
            return another.succeeded();
        });
    }

    @Test
    void transformsATableOrInlineRows(PluginUnderTest tables) {
        JsonObject handle = create(tables);
        JsonObject config =
                new JsonObject().put("sql", "SELECT b, sum(a)::BIGINT AS s FROM data GROUP BY b ORDER BY b");
        JsonObject made =
                tables.call("transform", new JsonObject().put("data", handle).put("config", config));
        JsonArray rows = tables.reply(
                "transform",
                new JsonObject()
                        .put("data", made)
                        .put(
                                "config",
                                new JsonObject()
                                        .put("operations", new JsonArray())
                                        .put("as", "rows")));
        assertEquals("[{\"b\":\"x\",\"s\":4},{\"b\":\"y\",\"s\":2}]", rows.encode());
    }

    @Test
    void refusesInlineResultsThatAreTooLong(PluginUnderTest tables) {
        JsonObject config =
                new JsonObject().put("sql", "FROM data").put("as", "rows").put("limit", 2);
        tables.callFailure(
                FailureKind.INVALID,
                "transform",
                new JsonObject().put("data", create(tables)).put("config", config));
    }

    @Test
    void refusesInlineResultsThatAreTooHeavy(PluginUnderTest tables) {
        JsonObject config = new JsonObject()
                .put("sql", "SELECT repeat(b, 1000000) AS long FROM data, range(25)")
                .put("as", "rows");
        CallException refused = tables.callFailure(
                FailureKind.INVALID,
                "transform",
                new JsonObject().put("data", create(tables)).put("config", config));
        assertTrue(refused.getMessage().contains("more than 128 MB"), refused.getMessage());
    }

    @Test
    void aMistakeInSqlIsShownWhereItIsAndThenWhatToDo(PluginUnderTest tables) {
        JsonObject config = new JsonObject().put("sql", "SELECT a,\n  nope\nFROM data");
        CallException refused = tables.callFailure(
                FailureKind.INVALID,
                "transform",
                new JsonObject().put("data", create(tables)).put("config", config));
        assertEquals("DP-0712", refused.code());
        assertTrue(
                refused.getMessage()
                        .matches("(?s)Tables: Binder Error: Referenced column \"nope\" not found.*\n"
                                + "LINE 2:   nope\n *\\^\n"
                                + "Mend the statement, or the values that it works on\\."),
                refused.getMessage());
    }

    @Test
    void refusesHostileSql(PluginUnderTest tables) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        CallException refused = tables.callFailure(
                FailureKind.DENIED,
                "transform",
                new JsonObject()
                        .put("data", create(tables))
                        .put("config", new JsonObject().put("sql", "SELECT * FROM read_csv('" + secret + "')")));
        assertEquals("DP-0713", refused.code());
    }

    @Test
    void loadsAndWritesFiles(PluginUnderTest tables) throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n1,x\n");
        JsonObject handle = tables.call(
                "table-create",
                new JsonObject()
                        .put("path", file.toString())
                        .put("format", "csv")
                        .put("options", new JsonObject()));
        Path out = folder.resolve("deep/out.json");
        tables.reply(
                "table-write",
                new JsonObject()
                        .put("table", handle)
                        .put("path", out.toString())
                        .put("format", "json")
                        .put("options", new JsonObject()));
        assertEquals("[{\"a\":1,\"b\":\"x\"}]", new JsonArray(Files.readString(out)).encode());
        assertEquals(2, Files.list(folder).count());
    }

    @PluginTest(
            grants = {
                "file-access:read:/elsewhere/**",
                "event-subscribe:plugin.*.stopped",
                "event-subscribe:plugin.*.error",
                "event-subscribe:plugin.*.quarantined"
            })
    @Test
    void readsOnlyWhatItWasItselfGranted(PluginUnderTest tables) throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), "a\n1\n");
        Throwable denied = tables.calling(
                        "table-create",
                        new JsonObject()
                                .put("path", file.toString())
                                .put("format", "csv")
                                .put("options", new JsonObject()))
                .onComplete(done -> {})
                .toCompletionStage()
                .handle((done, failure) -> failure)
                .toCompletableFuture()
                .get();
        assertTrue(denied.getMessage().contains("file-access:read:"), String.valueOf(denied));
    }
}
