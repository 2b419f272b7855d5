package io.dataprism.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileReadingTest {
    private static final JsonObject DETECTED = new JsonObject("""
            {"format": "csv", "encoding": "utf-8", "compression": "gzip", "delimiter": "\\t", "quote": "'", "escape": "'",
             "comment": "#", "skip": 1, "header": false, "decimal": ".", "thousands": "", "missing": ["", "NA"],
             "columns": [{"name": "a", "type": "long"}, {"name": "b", "type": "date", "format": "%Y-%m-%d"}],
             "notes": ["Day and month cannot be told apart in 'b'."]}""");

    private static FileReading reading(JsonObject rejected, JsonArray widened) {
        JsonObject report = new JsonObject()
                .put("detected", DETECTED)
                .put("rejected", rejected)
                .put("widened", widened);
        return FileReading.of(new JsonObject().put("report", report)).orElseThrow();
    }

    @Test
    void tellsInALineWhatWasDetected() {
        assertEquals(
                "csv, utf-8, gzip, delimiter tab, quote \"'\", comment '#', decimal '.', 1 line skipped, no header, missing 'NA', b %Y-%m-%d",
                reading(new JsonObject(), new JsonArray()).summary());
    }

    @Test
    void notesWhatDeservesASecondLook() {
        JsonObject row =
                new JsonObject().put("line", 7).put("reason", "too few columns").put("text", "1");
        JsonObject column = new JsonObject("""
                {"column": "a", "from": "long", "to": "double", "line": 9, "reason": "1.5 is no long"}""");
        FileReading reading = reading(
                new JsonObject().put("count", 1).put("more", false).put("rows", new JsonArray().add(row)),
                new JsonArray().add(column));
        assertEquals(
                List.of(
                        "Day and month cannot be told apart in 'b'.",
                        "Column 'a' is read as double, not as long: 1.5 is no long",
                        "1 row left out, for what does not fit:",
                        "  line 7: too few columns: 1"),
                reading.notes());
    }

    @Test
    void itsOptionsAreThoseThatFetchTakes() {
        JsonObject options = reading(new JsonObject(), new JsonArray()).options();
        assertEquals(new JsonObject("""
                        {"a": "long", "b": {"type": "date", "format": "%Y-%m-%d"}}"""), options.getJsonObject("columns"));
        assertEquals("\t", options.getString("delimiter"));
        assertTrue(!options.containsKey("notes") && !options.containsKey("compression"), options.encode());
    }

    @Test
    void aReplyWithoutAReportSaysNothing() {
        assertTrue(FileReading.of(new JsonObject()).isEmpty());
    }
}
