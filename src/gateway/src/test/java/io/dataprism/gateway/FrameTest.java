package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

final class FrameTest {

    private static Frame frame(String json) {
        return Frame.of(Frame.json(json));
    }

    private static FrameException refused(String json) {
        return assertThrows(FrameException.class, () -> frame(json));
    }

    @Test
    void readsASend() {
        Frame frame = frame(
                "{\"type\":\"send\",\"address\":\"plugin:charts:render\",\"replyAddress\":\"r1\",\"headers\":{\"user\":\"root\"},\"body\":{\"a\":1}}");
        assertEquals(Frame.Verb.SEND, frame.verb());
        assertEquals("r1", frame.replyTo());
        assertEquals(new JsonObject().put("a", 1), frame.body());
    }

    @Test
    void aMissingBodyIsNull() {
        assertNull(frame("{\"type\":\"publish\",\"address\":\"event:a\"}").body());
        assertNull(frame("{\"type\":\"publish\",\"address\":\"event:a\",\"body\":null}")
                .body());
    }

    @Test
    void aPingNeedsNothingElse() {
        assertTrue(Frame.isPing(new JsonObject().put("type", "ping")));
    }

    @Test
    void whatIsNoJsonObjectIsMalformed() {
        for (String text :
                new String[] {"", "null", "[]", "1", "\"x\"", "{", "{\"a\":}", "[".repeat(100_000), "{}{}"}) {
            assertEquals(
                    "DP-1010", refused(text).failure().code(), () -> text.substring(0, Math.min(10, text.length())));
        }
    }

    @Test
    void anUnknownTypeIsAnsweredWhereTheClientWaits() {
        FrameException refused = refused("{\"type\":\"exec\",\"address\":\"event:a\",\"replyAddress\":\"r1\"}");
        assertEquals("DP-1011", refused.failure().code());
        assertEquals("r1", refused.replyTo());
        assertEquals("DP-1011", refused("{\"type\":7}").failure().code());
        assertEquals("DP-1011", refused("{}").failure().code());
    }

    @Test
    void anAddressThatIsNotOpenIsAnsweredWhereTheClientWaits() {
        FrameException refused =
                refused("{\"type\":\"send\",\"address\":\"kernel:plugins:list\",\"replyAddress\":\"r1\"}");
        assertEquals("DP-1012", refused.failure().code());
        assertEquals("r1", refused.replyTo());
        assertEquals(
                "kernel:plugins:list",
                refused("{\"type\":\"register\",\"address\":\"kernel:plugins:list\"}")
                        .replyTo());
    }

    @Test
    void aReplyAddressOfAnotherFormIsMalformed() {
        for (String reply : new String[] {"7", "{}", "[]", "\"\"", "\"" + "r".repeat(129) + "\""}) {
            assertEquals(
                    "DP-1010",
                    refused("{\"type\":\"send\",\"address\":\"plugin:a:b\",\"replyAddress\":" + reply + "}")
                            .failure()
                            .code());
        }
    }
}
