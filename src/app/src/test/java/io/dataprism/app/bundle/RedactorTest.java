package io.dataprism.app.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of a text, and what is not. */
class RedactorTest {
    private final Redactor redactor = new Redactor(Set.of("charts"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://ada:hunter2@db:5432/x | postgresql://(redacted)@db:5432/x",
                "GET https://a.example/b?key=1&sig=2 | GET https://a.example/b?(redacted)",
                "password = hunter2, next | password = (redacted), next",
                "{\"clientSecret\":\"abc\"} | {\"clientSecret\":\"(redacted)\"}",
                "Authorization: Bearer abcdef.123 | Authorization: (redacted) (redacted)",
                "jwt eyJhbGciOiJIUzI1.eyJzdWIi.sig- end | jwt (redacted) end",
                "key 0123456789abcdef0123456789abcdef0123456789abcdef | key (redacted)",
                "ghp_AbCdEf0123456789AbCdEf0123456789 | (redacted)",
            })
    void whatHasTheFormOfASecretGoes(String text, String redacted) {
        assertEquals(redacted, redactor.text(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha256 c49f4d5e95e59791b19973d89017df713892e6f8b0d5d27c14870fd6fe39d2e0",
                "network-access:https://*.example.com:443",
                "at app//io.dataprism.kernel.lifecycle.SliceRunner.lambda$inSlice$5(SliceRunner.java:92)",
                "The token is not valid any more",
                "file-access:read:data/**"
            })
    void whatIsNeededStays(String text) {
        assertEquals(text, redactor.text(text));
    }

    @Test
    void whatHasTheFormOfASecretAndHoldsAKnownOneGoesAsAWhole() {
        redactor.learn("a1b2c3d4e5f6a7b8c9");
        assertEquals(
                "key (redacted) of (redacted)",
                redactor.text("key a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0 of a1b2c3d4e5f6a7b8c9"));
    }

    @Test
    void aKeyGoesAsAWhole() {
        String key = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\nabc\n-----END PRIVATE KEY-----";
        assertEquals("a (redacted) b", redactor.text("a " + key + " b"));
        assertEquals("a (redacted)", redactor.text("a " + key.substring(0, 40)));
        redactor.text("-----BEGIN X-----" + "A".repeat(1_000_000));
    }

    @Test
    void whatTheConfigurationHoldsIsTakenOutOfEverythingElse() {
        JsonObject redacted = redactor.configuration(new JsonObject()
                .put(
                        "plugins",
                        new JsonObject()
                                .put(
                                        "charts",
                                        new JsonObject()
                                                .put("source", "shipped:charts")
                                                .put(
                                                        "config",
                                                        new JsonObject()
                                                                .put("nested", new JsonArray().add("private words"))
                                                                .put("kind", "charts")
                                                                .put("pin", 471_100)
                                                                .put("size", 12))))
                .put("gateway", new JsonObject().put("token", "tiny")));
        JsonObject charts = redacted.getJsonObject("plugins").getJsonObject("charts");
        assertEquals("shipped:charts", charts.getString("source"));
        assertEquals(12, charts.getJsonObject("config").getInteger("size"));
        assertFalse(redacted.encode().contains("private") || redacted.encode().contains("4711"), redacted.encode());
        assertEquals(
                "charts said (redacted), (redacted), (redacted)",
                redactor.text("charts said private words, tiny, 471100"));
    }
}
