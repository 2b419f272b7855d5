package io.dataprism.files.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorTest {
    @TempDir
    Path folder;

    private Detection detect(String content) throws IOException {
        return detect(content, new JsonObject());
    }

    private Detection detect(String content, JsonObject options) throws IOException {
        return Detector.detect(Files.writeString(folder.resolve("data.txt"), content), options);
    }

    private static String types(Detection detection) {
        StringBuilder types = new StringBuilder();
        detection.options().getJsonArray("columns").forEach(item -> {
            JsonObject column = (JsonObject) item;
            types.append(types.isEmpty() ? "" : " ")
                    .append(column.getString("name"))
                    .append(':')
                    .append(column.getString("type"));
            if (column.containsKey("format")) {
                types.append('(').append(column.getString("format")).append(')');
            }
        });
        return types.toString();
    }

    @Test
    void findsAGermanDialect() throws Exception {
        Detection found = detect(
                "id;name;preis;wann;ok\n1;\"Müller; Söhne\";1.234,56;31.12.2024;true\n2;\"a \"\"b\"\"\";7,5;01.02.2024;false\n3;c;k.A.;-;true\n");
        assertEquals(TableFormat.CSV, found.format());
        JsonObject options = found.options();
        assertEquals(";", options.getString("delimiter"));
        assertEquals("\"", options.getString("quote"));
        assertEquals("\"", options.getString("escape"));
        assertTrue(options.getBoolean("header"));
        assertEquals(",", options.getString("decimal"));
        assertEquals(".", options.getString("thousands"));
        assertEquals(new JsonArray().add("").add("k.A.").add("-"), options.getJsonArray("missing"));
        assertEquals("id:long name:text preis:double wann:date(%d.%m.%Y) ok:boolean", types(found));
        assertEquals("utf-8", found.encoding());
    }

    @Test
    void tellsOfAQuoteThatNothingCloses() throws Exception {
        Detection found = detect("a,b,c\n1,\"broken,2\n3,4,5\n6,7,8\n");
        assertEquals("", found.options().getString("quote"));
        assertEquals("a:long b:text c:long", types(found));
        assertEquals(
                "[Line 2 opens a quote (\") that nothing closes, so quotes are read as they stand, as part of the text.]",
                found.notes().toString());
    }

    @Test
    void takesSingleQuotesWhereSomethingStandsInThem() throws Exception {
        assertEquals("'", detect("a,b\n1,'x, y'\n2,'z'\n").options().getString("quote"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a,b\\n1,2\\n # , # a:long b:long",
                "a\\tb\\n1\\tx\\n # \\t # a:long b:text",
                "a|b\\n1,5|2\\n # | # a:double b:long",
                "a;b\\n1;2\\n3;4\\n # ; # a:long b:long",
                "x\\n1\\n2\\n # , # x:long",
                "'a','b'\\n'1, 2','3'\\n'x','4'\\n # , # a:text b:long",
                "zip,phone\\n01234,0049\\n99999,0050\\n # , # zip:text phone:text",
                "id\\n12345678901234567890\\n # , # id:text",
                "a,b\\r\\n1.5,-2e3\\r\\n.5,7\\r\\n # , # a:double b:double",
                "n,m\\n\"1,234\",1\\n\"5,678,901\",2\\n # , # n:long m:long",
                "d,t\\n2024-01-02,2024-01-02T10:00:00Z\\n # , # d:date t:timestamp",
                "d,t\\n2024-01-02 10:00,10:30\\n # , # d:timestamp t:time",
                "d\\n12/31/2024\\n01/02/2024\\n # , # d:date(%m/%d/%Y)",
                "d\\n31/12/2024\\n01/02/2024\\n # , # d:date(%d/%m/%Y)",
                "d\\n12/31/24 3:04 PM\\n # , # d:timestamp(%m/%d/%y %I:%M %p)",
                "d;x\\n\"Jan 5, 2024\";1\\n # ; # d:date(%b %d, %Y) x:long",
                "a,b\\n1,NA\\n2,3\\n # , # a:long b:long",
                "country,n\\nNA,1\\nDE,2\\n # , # country:text n:long",
                "a,a,,A\\n1,2,3,4\\n # , # a:long a_2:long column_3:long A_3:long"
            })
    void findsDelimiterAndTypes(String content, String delimiter, String types) throws Exception {
        Detection found = detect(unescaped(content));
        assertEquals(unescaped(delimiter.strip()), found.options().getString("delimiter"));
        assertEquals(types.strip(), types(found));
    }

    private static String unescaped(String text) {
        return text.strip().replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNameThatComesAgainAndAgainIsNumberedAtOnce() throws Exception {
        Detection found = detect("a,".repeat(200_000) + "a_3\n");
        JsonArray columns = found.options().getJsonArray("columns");
        assertEquals("a", columns.getJsonObject(0).getString("name"));
        assertEquals("a_200000", columns.getJsonObject(199_999).getString("name"));
        assertEquals("a_3_2", columns.getJsonObject(200_000).getString("name"));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRowOfDigitsIsLookedAtOnce() throws Exception {
        String digits = "1".repeat(900_000);
        assertEquals("n:text", types(detect("n\n" + digits + "x\n")));
        assertEquals("n:double", types(detect("n\n" + digits.substring(0, 20) + ".\n")));
    }

    @Test
    void findsTheRowsBehindALongArray() throws Exception {
        String numbers = "1,".repeat(100_000) + "1";
        Detection found = detect("{\"of\": [" + numbers + "], \"rows\": [{\"a\": 1}]}");
        assertEquals(TableFormat.JSON, found.format());
        assertEquals("rows", found.options().getString("rows"));
        String said = "[{ \\\" ".repeat(50_000);
        assertEquals(
                "r\\\"s",
                detect("{\"said\": \"" + said + "\",\n\"r\\\"s\" :\n[ {\"a\": 1}]}")
                        .options()
                        .getString("rows"));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDocumentThatOnlyOpensIsLookedAtOnce() throws Exception {
        Detection found = detect("{\"a\": [1], \"b\": {" + "\"a\":[{".repeat(150_000));
        assertEquals(TableFormat.JSON, found.format());
        assertFalse(found.options().containsKey("rows"));
    }

    @Test
    void nothingStaysOfAFileThatEndsTooEarly() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("a;b\nä;1\n".repeat(100_000).getBytes(StandardCharsets.UTF_16LE));
        }
        Path file = Files.write(folder.resolve("whole.csv.gz"), packed.toByteArray());
        Detection found = Detector.detect(file, new JsonObject());
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        Path target = folder.resolve("utf8");
        assertThrows(CallException.class, () -> Detector.transcode(file, found, target));
        assertFalse(Files.exists(target));
    }

    @Test
    void seesThatThereIsNoHeader() throws Exception {
        Detection found = detect("1,Ann,2.5\n2,Bob,3.5\n");
        assertFalse(found.options().getBoolean("header"));
        assertEquals("column_1:long column_2:text column_3:double", types(found));
        assertTrue(detect("name,city\nAnn,Oslo\nBob,Rome\n").options().getBoolean("header"));
    }

    @Test
    void skipsTitlesAndComments() throws Exception {
        Detection titled = detect("Report of 2024\n\nid,name,x\n1,a,2\n2,b,3\n");
        assertEquals(2, titled.options().getInteger("skip"));
        assertEquals("id:long name:text x:long", types(titled));
        Detection commented = detect("# made by hand\nid,name\n1,a\n2,b\n");
        assertEquals("#", commented.options().getString("comment"));
        assertEquals("id:long name:text", types(commented));
    }

    @Test
    void tellsWhenDayAndMonthCannotBeTold() throws Exception {
        Detection found = detect("d\n01/02/2024\n03/04/2024\n");
        assertEquals("d:date(%m/%d/%Y)", types(found));
        assertTrue(found.notes().get(0).contains("Day and month cannot be told apart in 'd'"));
        assertEquals("d:date(%d/%m/%Y) p:double", types(detect("d;p\n01/02/2024;1,5\n03/04/2024;2,5\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, utf-8, false",
        "windows-1252, windows-1252, true",
        "UTF-16, utf-16be, true",
        "UTF-16LE, utf-16le, true"
    })
    void findsTheEncodingAndMakesItUtf8(String charset, String label, boolean transcoded) throws Exception {
        String text = "name,price\nMüller – Söhne,5€\nÅse,7€\n";
        Path file = Files.write(folder.resolve("e.csv"), text.getBytes(Charset.forName(charset)));
        Detection found = Detector.detect(file, new JsonObject());
        assertEquals(label, found.encoding());
        assertEquals(transcoded, found.transcode());
        Path target = folder.resolve("utf8.csv");
        Detector.transcode(file, found, target);
        assertEquals(text, Files.readString(target));
    }

    @Test
    void readsTheWholeFileForItsEncoding() throws Exception {
        StringBuilder text = new StringBuilder("a,b\n");
        while (text.length() < 3 << 20) {
            text.append("1,plain\n");
        }
        text.append("2,é\n");
        Path file = Files.write(folder.resolve("late.csv"), text.toString().getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(Detector.detect(file, new JsonObject()).transcode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "[{\"a\":1}] # JSON #",
                "  [ ] # JSON #",
                "{\"a\":1}\\n{\"a\":2}\\n # NDJSON #",
                "{\"a\":1}\\n # NDJSON #",
                "{\"type\":\"x\",\"meta\":{\"l\":[{}]},\"features\":[{\"a\":1}]} # JSON # features",
                "{\\n \"rows\": [\\n {\"a\":1}]} # JSON # rows",
                "[section]\\na,b\\n # CSV #"
            })
    void tellsJsonByItsShape(String content, TableFormat format, String rows) throws Exception {
        Detection found = detect(unescaped(content));
        assertEquals(format, found.format());
        assertEquals(rows, found.options().getString("rows"));
    }

    @Test
    void seesGzipAndParquetByTheirMagic() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Detection packed = Detector.detect(Files.write(folder.resolve("x"), bytes.toByteArray()), new JsonObject());
        assertEquals("gzip", packed.compression());
        assertEquals("a:long b:long", types(packed));
        Path parquet = Files.write(folder.resolve("y.csv"), "PAR1....PAR1".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                TableFormat.PARQUET, Detector.detect(parquet, new JsonObject()).format());
    }

    @Test
    void whatTheCallerSaysWins() throws Exception {
        Detection found = detect(
                "a;b\n1;x\n2;y\n",
                new JsonObject()
                        .put("delimiter", ",")
                        .put("header", false)
                        .put("missing", new JsonArray().add("2"))
                        .put("badRows", "skip"));
        assertEquals("column_1:text", types(found));
        assertEquals("skip", found.loadOptions().getString("badRows"));
        Detection typed = detect("a,b\n1,2\n", new JsonObject().put("columns", new JsonObject().put("a", "text")));
        assertEquals("a:text b:long", types(typed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                " `` # {} # DP-0750 # is empty",
                "`  \\n ` # {} # DP-0750 # nothing but blanks",
                "a # {\"delimeter\":\";\"} # DP-0752 # 'delimeter' is not known",
                "a # {\"delimiter\":\";;\"} # DP-0752 # one character",
                "a # {\"encoding\":\"klingon\"} # DP-0752 # klingon",
                "a,b\\n1,2 # {\"columns\":{\"c\":\"text\"}} # DP-0752 # has the columns a, b"
            })
    void failuresSayWhatToDo(String content, String options, String code, String text) throws Exception {
        String shown = content.replace("\\n", "\n");
        CallException failure = assertThrows(CallException.class, () -> detect(shown, new JsonObject(options)));
        assertEquals(code, failure.code(), failure.getMessage());
        assertTrue(failure.getMessage().contains(text.strip()), failure.getMessage());
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        Path file = Files.write(folder.resolve("z"), new byte[] {1, 2, 0, 4, 'a', 0, 0, 'b'});
        CallException failure = assertThrows(CallException.class, () -> Detector.detect(file, new JsonObject()));
        assertEquals("DP-0751", failure.code());
    }
}
