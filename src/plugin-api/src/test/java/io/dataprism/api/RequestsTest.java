package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RequestsTest {
    private final Call call = GivenCall.of(
            "export",
            new JsonObject()
                    .put("text", "svg")
                    .put("number", 7)
                    .put("half", 1.5)
                    .put("object", new JsonObject().put("a", 1))
                    .put("format", "csv"));

    @Test
    void readsWhatIsThere() {
        assertEquals("svg", Requests.text(call, "text"));
        assertEquals(7, Requests.integer(call, "number", 1, 10));
        assertEquals(new JsonObject().put("a", 1), Requests.object(call, "object"));
        assertEquals(new JsonObject(), Requests.object(call, "absent"));
        assertEquals(TableFormat.CSV, Requests.format(call, "format"));
    }

    @Test
    void aMissingFieldIsNamed() {
        assertInvalid(
                "Field 'absent' of a call to 'export' must be a text, but is missing.",
                () -> Requests.text(call, "absent"));
    }

    @Test
    void aFieldOfAnotherTypeIsShown() {
        assertInvalid(
                "Field 'number' of a call to 'export' must be a text, but is 7.", () -> Requests.text(call, "number"));
        assertInvalid(
                "Field 'text' of a call to 'export' must be an object, but is svg.",
                () -> Requests.object(call, "text"));
        assertInvalid(
                "Field 'text' of a call to 'export' must be csv, json, ndjson or parquet, but is svg.",
                () -> Requests.format(call, "text"));
    }

    @Test
    void aNumberMustBeWholeAndWithinItsBounds() {
        assertInvalid(
                "Field 'number' of a call to 'export' must be a whole number from 8 to 10, but is 7.",
                () -> Requests.integer(call, "number", 8, 10));
        assertInvalid(
                "Field 'half' of a call to 'export' must be a whole number from 1 to 10, but is 1.5.",
                () -> Requests.integer(call, "half", 1, 10));
    }

    @Test
    void aLongForeignTextIsCutInTheMessage() {
        Call long1 = GivenCall.of("export", new JsonObject().put("config", "x".repeat(10_000)));
        CallException failure = assertThrows(CallException.class, () -> Requests.object(long1, "config"));
        assertTrue(failure.getMessage().length() < 200, failure.getMessage());
    }

    @Test
    void aBodyThatIsNoObjectIsInvalid() {
        assertEquals(
                FailureKind.INVALID,
                assertThrows(CallException.class, () -> Requests.text(GivenCall.of("export", "svg"), "format"))
                        .kind());
    }

    private static void assertInvalid(String message, Executable reading) {
        CallException failure = assertThrows(CallException.class, reading);
        assertEquals(FailureKind.INVALID, failure.kind());
        assertEquals(message, failure.getMessage());
    }
}
