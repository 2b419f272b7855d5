package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FramingTest {

    @Test
    void aRawMessageIsAFrame() {
        assertEquals(List.of("{}"), Framing.RAW.unwrap("{}"));
        assertEquals("{}", Framing.RAW.wrap("{}"));
    }

    @Test
    void aSockJsMessageCarriesSeveral() {
        assertEquals(List.of("{\"a\":1}", "{}"), Framing.SOCKJS.unwrap("[\"{\\\"a\\\":1}\",\"{}\"]"));
        assertEquals("a[\"{\\\"a\\\":1}\"]", Framing.SOCKJS.wrap("{\"a\":1}"));
    }

    @Test
    void anythingElseIsMalformed() {
        for (String message : List.of("", "{}", "\"x\"", "[1]", "[null]", "[{}]", "[\"a\"")) {
            FrameException refused = assertThrows(FrameException.class, () -> Framing.SOCKJS.unwrap(message), message);
            assertEquals("DP-1010", refused.failure().code());
        }
    }
}
