package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoaderTest {
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

    private static JsonObject column(String name, String type) {
        return new JsonObject().put("name", name).put("type", type);
    }

    @Test
    void loadsCsvAndFindsTypesByItself() throws Exception {
        StoredTable table = tables.csv("id,when,price,name\n1,2024-01-02,1.5,a\n2,2024-01-03,,\"b,c\"\n");
        assertEquals(
                "[{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"when\",\"type\":\"date\"},{\"name\":\"price\",\"type\":\"double\"},{\"name\":\"name\",\"type\":\"text\"}]",
                table.schema().toJson().getJsonArray("columns").encode());
        assertEquals(List.of(List.of("1", "19724", "1.5", "a"), List.of("2", "19725", "–", "b,c")), tables.rows(table));
    }

    @Test
    void readsCommaDecimalsForeignDatesAndOwnMissingValues() throws Exception {
        JsonObject options = new JsonObject()
                .put("delimiter", ";")
                .put("header", true)
                .put("decimal", ",")
                .put("thousands", ".")
                .put("missing", new JsonArray().add("").add("-").add("k.A."))
                .put(
                        "columns",
                        new JsonArray()
                                .add(column("id", "long"))
                                .add(column("price", "double"))
                                .add(column("when", "date").put("format", "%d.%m.%Y")));
        Path file = tables.file("de.csv", "id;price;when\n1;1.234,56;31.12.2024\n2;-;k.A.\n");
        StoredTable table = tables.engine.load(TableFormat.CSV, file, options).table();
        assertEquals(List.of(List.of("1", "1234.56", "20088"), List.of("2", "–", "–")), tables.rows(table));
    }

    @Test
    void failsOnRaggedRowsWithTheirLines() throws Exception {
        Path file = tables.file("ragged.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n");
        JsonObject options = new JsonObject()
                .put("delimiter", ",")
                .put("header", true)
                .put("columns", new JsonArray().add(column("a", "long")).add(column("b", "long")));
        CallException failure =
                assertThrows(CallException.class, () -> tables.engine.load(TableFormat.CSV, file, options));
        assertEquals("DP-0718", failure.code());
        assertTrue(failure.getMessage().contains("2 rows that do not fit"), failure.getMessage());
        assertTrue(failure.getMessage().contains("line 3: "), failure.getMessage());
        assertTrue(failure.getMessage().contains("line 4: "), failure.getMessage());
        assertTrue(failure.getMessage().contains("badRows"), failure.getMessage());
    }

    @Test
    void skipsOrPadsRaggedRowsAndReportsThem() throws Exception {
        Path file = tables.file("ragged.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n");
        JsonObject options = new JsonObject()
                .put("delimiter", ",")
                .put("header", true)
                .put("columns", new JsonArray().add(column("a", "long")).add(column("b", "long")));
        Loaded skipped =
                tables.engine.load(TableFormat.CSV, file, options.copy().put("badRows", "skip"));
        assertEquals(List.of(List.of("1", "2"), List.of("7", "8")), tables.rows(skipped.table()));
        assertEquals(2, skipped.report().getJsonObject("rejected").getInteger("count"));
        assertEquals(
                3,
                skipped.report()
                        .getJsonObject("rejected")
                        .getJsonArray("rows")
                        .getJsonObject(0)
                        .getInteger("line"));
        Loaded padded = tables.engine.load(TableFormat.CSV, file, options.copy().put("badRows", "pad"));
        assertEquals(List.of(List.of("1", "2"), List.of("3", "–"), List.of("7", "8")), tables.rows(padded.table()));
    }

    @Test
    void widensAColumnRatherThanLoseAValue() throws Exception {
        Path file = tables.file("wide.csv", "a,b,c\n1,2,3\n2.5,x,3\n");
        JsonObject options = new JsonObject()
                .put("delimiter", ",")
                .put("header", true)
                .put(
                        "columns",
                        new JsonArray()
                                .add(column("a", "long"))
                                .add(column("b", "long"))
                                .add(column("c", "long")));
        Loaded loaded = tables.engine.load(TableFormat.CSV, file, options);
        assertEquals(List.of(List.of("1.0", "2", "3"), List.of("2.5", "x", "3")), tables.rows(loaded.table()));
        assertTrue(loaded.report().getJsonArray("widened").encode().contains("\"to\":\"text\""));
    }

    @Test
    void keepsAColumnOfDatesAsTextWhenOneIsNone() throws Exception {
        Path file = tables.file("d.csv", "d\n31.12.2024\nsoon\n");
        JsonObject options = new JsonObject()
                .put("delimiter", ",")
                .put("header", true)
                .put("columns", new JsonArray().add(column("d", "date").put("format", "%d.%m.%Y")));
        Loaded loaded = tables.engine.load(TableFormat.CSV, file, options);
        assertEquals(List.of(List.of("31.12.2024"), List.of("soon")), tables.rows(loaded.table()));
        assertEquals(
                "'soon' does not fit",
                loaded.report().getJsonArray("widened").getJsonObject(0).getString("reason"));
    }

    @Test
    void readsGzip() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("a.csv.gz"), bytes.toByteArray());
        StoredTable table = tables.engine
                .load(TableFormat.CSV, file, new JsonObject().put("compression", "gzip"))
                .table();
        assertEquals(1, table.rows());
    }

    @Test
    void readsJsonNdjsonAndRecordsInsideADocument() throws Exception {
        Path array = tables.file("a.json", "[{\"a\":1,\"p\":{\"x\":1,\"name\":\"n\"},\"q\":{\"name\":\"m\"}}]");
        assertEquals(
                List.of("a", "x", "p.name", "q.name"),
                tables.engine
                        .load(TableFormat.JSON, array, new JsonObject())
                        .table()
                        .names());
        Path lines = tables.file("a.ndjson", "{\"a\":1}\n{\"a\":2,\"b\":[1,2]}\n");
        StoredTable table =
                tables.engine.load(TableFormat.NDJSON, lines, new JsonObject()).table();
        assertEquals(List.of(List.of("1", "–"), List.of("2", "[1,2]")), tables.rows(table));
        Path geo = tables.file(
                "geo.json",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"mag\":1.5,\"type\":\"quake\"},\"id\":\"x\"}]}");
        StoredTable features = tables.engine
                .load(TableFormat.JSON, geo, new JsonObject().put("rows", "features"))
                .table();
        assertEquals(List.of("type", "mag", "properties.type", "id"), features.names());
    }

    @Test
    void namesUnknownOptionsAndUnreadableFiles() throws Exception {
        Path file = tables.file("a.csv", "a\n1\n");
        CallException option = assertThrows(
                CallException.class,
                () -> tables.engine.load(TableFormat.CSV, file, new JsonObject().put("delimeter", ";")));
        assertEquals("DP-0716", option.code());
        assertTrue(option.getMessage().contains("Did you mean 'delimiter'?"), option.getMessage());
        CallException missing = assertThrows(
                CallException.class,
                () -> tables.engine.load(TableFormat.CSV, folder.resolve("no.csv"), new JsonObject()));
        assertEquals("DP-0717", missing.code());
        CallException noParquet = assertThrows(
                CallException.class, () -> tables.engine.load(TableFormat.PARQUET, file, new JsonObject()));
        assertEquals("DP-0717", noParquet.code());
        assertTrue(noParquet.getMessage().contains("a.csv"), noParquet.getMessage());
    }

    @Test
    void makesATableOfInlineRows() {
        StoredTable table = tables.engine
                .rows(new JsonArray()
                        .add(new JsonObject().put("a", 1).put("b", "x"))
                        .add(new JsonObject().put("a", 2.5)))
                .table();
        assertEquals(List.of(List.of("1.0", "x"), List.of("2.5", "–")), tables.rows(table));
    }
}
