package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handles and data sets travel as JSON and come back the same. */
class HandlesTest {
    private static final Instant LEASE = Instant.parse("2026-11-22T17:00:00.123456Z");

    @Test
    void aTableHandleSurvivesTheWire() {
        TableHandle handle = new TableHandle("node-1", "charts", "x7", LEASE);
        assertEquals(handle, TableHandle.fromJson(new JsonObject(handle.toJson().encode())));
        assertEquals(handle, Dataset.fromJson(new JsonObject(handle.toJson().encode())));
    }

    @Test
    void aViewSurvivesTheWire() {
        View view = new View("node-1", "user:eve", "v9", LEASE);
        assertEquals(view, View.fromJson(new JsonObject(view.toJson().encode())));
    }

    @Test
    void rowsSurviveTheWire() {
        InlineRows rows = new InlineRows(new JsonArray().add(new JsonObject().put("a", 1)));
        assertEquals(rows, Dataset.fromJson(new JsonArray(rows.toJson().encode())));
    }

    @Test
    void aViewIsNoTable() {
        JsonObject view = new View("n", "o", "i", LEASE).toJson();
        CallException failure = assertThrows(CallException.class, () -> TableHandle.fromJson(view));
        assertEquals(
                "A table handle lacks the object '$table'. Pass a handle on exactly as it was returned.",
                failure.getMessage());
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                Arguments.of("node", null, "the text 'node'"),
                Arguments.of("owner", 7, "the text 'owner'"),
                Arguments.of("id", new JsonObject(), "the text 'id'"),
                Arguments.of("lease", null, "the text 'lease'"),
                Arguments.of("lease", "tomorrow", "an ISO-8601 instant in 'lease'"));
    }

    @Test
    void aHandleCarriesItsVersionAndANewerOneIsRefused() {
        JsonObject json = new TableHandle("n", "o", "i", LEASE).toJson();
        JsonObject fields = json.getJsonObject(TableHandle.KEY);
        assertEquals(1, fields.remove("version"));
        assertEquals(new TableHandle("n", "o", "i", LEASE), TableHandle.fromJson(json), "the first had none");
        fields.put("version", 2);
        CallException failure = assertThrows(CallException.class, () -> TableHandle.fromJson(json));
        assertEquals(
                "A table handle of node 'n' is of version 2: expected 1. A newer DataPrism made it; install the same on all"
                        + " nodes.",
                failure.getMessage());
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void aSpoiledHandleIsInvalidAndNamesWhatItLacks(String field, Object value, String lacks) {
        JsonObject json = new TableHandle("n", "o", "i", LEASE).toJson();
        json.getJsonObject(TableHandle.KEY).put(field, value);
        CallException failure = assertThrows(CallException.class, () -> TableHandle.fromJson(json));
        assertEquals(FailureKind.INVALID, failure.kind());
        assertTrue(failure.getMessage().contains("lacks " + lacks), failure.getMessage());
    }

    static Stream<Object> noData() {
        return Stream.of(null, "rows", 1, new JsonObject(), new JsonObject().put("table", 1));
    }

    @ParameterizedTest
    @MethodSource("noData")
    void anythingElseIsNoData(Object json) {
        CallException failure = assertThrows(CallException.class, () -> Dataset.fromJson(json));
        assertEquals(FailureKind.INVALID, failure.kind());
        assertTrue(failure.getMessage().startsWith("Data must be an array of row objects"), failure.getMessage());
    }

    @Test
    void aRowThatIsNoObjectIsNamedByItsNumber() {
        JsonArray rows = new JsonArray().add(new JsonObject()).add(3);
        CallException failure = assertThrows(CallException.class, () -> new InlineRows(rows));
        assertTrue(failure.getMessage().startsWith("Row 1 of the inline data"), failure.getMessage());
    }
}
