package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableSourceTest {
    static Stream<TableSource> sources() {
        return Stream.of(
                new TableSource.File(TableFormat.CSV, "data/a.csv", new JsonObject().put("delimiter", ";")),
                new TableSource.Rows(new JsonArray().add(new JsonObject().put("a", 1))),
                new TableSource.Query(
                        "select * from t", Map.of("t", new TableHandle("n", "o", "i", Instant.ofEpochSecond(9)))));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void survivesTheWire(TableSource source) {
        assertEquals(source, TableSource.fromJson(new JsonObject(source.toJson().encode())));
    }

    @Test
    void neitherFileNorRowsNorQueryIsInvalid() {
        assertInvalid(null, "needs either 'path' and 'format'");
        assertInvalid(new JsonObject(), "needs either 'path' and 'format'");
        assertInvalid(new JsonObject().put("path", "a.csv"), "needs either 'path' and 'format'");
    }

    @Test
    void anUnknownFormatIsNamed() {
        assertInvalid(new JsonObject().put("path", "a.xlsx").put("format", "xlsx"), "Unsupported format: xlsx.");
    }

    @Test
    void anInputThatIsNoHandleIsNamed() {
        JsonObject inputs = new JsonObject().put("sales", "the table");
        assertInvalid(new JsonObject().put("sql", "select 1").put("inputs", inputs), "Input 'sales' of the query");
    }

    private static void assertInvalid(JsonObject json, String part) {
        CallException failure = assertThrows(CallException.class, () -> TableSource.fromJson(json));
        assertEquals(FailureKind.INVALID, failure.kind());
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
}
