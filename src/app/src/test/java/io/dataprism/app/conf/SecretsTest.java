package io.dataprism.app.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String TOKEN = "q7Zk-0123456789".repeat(10);
    private static final String OTHER = "q7Zk-0123456789-and-another";
    private static final String KEY = "-----BEGIN Q7 KEY-----\nMII\"q7\n-----END Q7 KEY-----\n";

    @BeforeAll
    static void add() {
        Secrets.add(TOKEN, "${env:TOKEN}");
        Secrets.add(OTHER, "${env:OTHER}");
        Secrets.add(KEY, "${file:key.pem}");
    }

    @Test
    void theReferenceStandsWhereTheSecretWould() {
        assertEquals("${env:TOKEN} and ${env:OTHER}", Secrets.mask(TOKEN + " and " + OTHER));
    }

    @Test
    void alsoWhereItWasCut() {
        assertEquals(
                "'token' is 'Bearer ${env:TOKEN}…', not '…'",
                Secrets.mask("'token' is '" + PluginException.excerpt("Bearer " + TOKEN) + "', not '…'"));
        assertEquals("${env:OTHER}… ${env:TOKEN}", Secrets.mask(OTHER.substring(0, 20) + "… " + TOKEN));
    }

    @Test
    void alsoWhereLineBreaksWereReplaced() {
        assertEquals("'key' is '${file:key.pem}'", Secrets.mask("'key' is '" + PluginException.excerpt(KEY) + "'"));
    }

    @Test
    void alsoWithinJson() {
        assertEquals(
                new JsonObject().put("key", "${file:key.pem}").encode(),
                Secrets.mask(new JsonObject().put("key", KEY).encode()));
    }

    @Test
    void whatOnlyBeginsAlikeStays() {
        assertEquals("q7Z… q7Zk", Secrets.mask("q7Z… q7Zk"));
    }

    @Test
    void ofAReferenceThatIsRotatedAgainAndAgainTheLatestAreHidden() {
        for (int turn = 1; turn <= 40; turn++) {
            Secrets.add("rotated-secret-" + turn + "-end", "${file:rotated}");
        }
        Secrets.add("rotated-secret-30-end", "${file:rotated}");
        Secrets.add("rotated-secret-41-end", "${file:rotated}");
        assertEquals("rotated-secret-1-end", Secrets.mask("rotated-secret-1-end"));
        for (int turn : new int[] {27, 30, 40, 41}) {
            assertEquals("${file:rotated}", Secrets.mask("rotated-secret-" + turn + "-end"));
        }
    }

    @Test
    void aSecretThatStandsInConfItselfIsHiddenToo() {
        Secrets.addPlain("plain-0123456789abcdef");
        Secrets.addPlain(OTHER);
        assertEquals(
                new JsonObject().put("token", "(a secret)").put("other", "${env:OTHER}"),
                Secrets.mask(
                        new JsonObject().put("token", "plain-0123456789abcdef").put("other", OTHER)));
    }
}
