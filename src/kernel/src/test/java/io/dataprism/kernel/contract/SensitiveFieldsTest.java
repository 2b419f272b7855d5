package io.dataprism.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What of a message is shown, wherever its schema says that something is sensitive. */
class SensitiveFieldsTest {
    private static final JsonObject CARD =
            new JsonObject().put("name", "Ann").put("card", new JsonObject().put("number", "4111"));

    private static BodyContract.Shown shown(String schema, Object body) {
        return new SensitiveFields(new JsonObject(schema)).shown(body);
    }

    private static void hides(String schema, Object body) {
        BodyContract.Shown shown = shown(schema, body);
        assertFalse(String.valueOf(shown.body()).contains("4111"), () -> schema + " shows " + shown);
        assertEquals(true, shown.hidden());
    }

    @Test
    void aPropertyItemsAndWhatIsReferredTo() {
        String number = "{'type':'string','sensitive':true}".replace('\'', '"');
        hides("{\"properties\":{\"card\":{\"properties\":{\"number\":" + number + "}}}}", CARD);
        hides("{\"properties\":{\"card\":{\"sensitive\":true}}}", CARD);
        hides("{\"properties\":{\"card\":{\"writeOnly\":true}}}", CARD);
        hides("{\"properties\":{\"card\":{\"additionalProperties\":" + number + "}}}", CARD);
        hides("{\"properties\":{\"card\":{\"patternProperties\":{\"^n\":" + number + "}}}}", CARD);
        hides(
                "{\"properties\":{\"card\":{\"$ref\":\"#/$defs/card\"}},\"$defs\":{\"card\":{\"properties\":{\"number\":"
                        + number + "}}}}",
                CARD);
        hides("{\"items\":" + number + "}", new JsonArray().add("4111"));
        hides(
                "{\"prefixItems\":[{},{\"items\":" + number + "}]}",
                new JsonArray().add("x").add(new JsonArray().add("4111")));
        hides(number, "4111");
    }

    @Test
    void partsThatMayOrMayNotApply() {
        String part = "{\"properties\":{\"card\":{\"properties\":{\"number\":{\"sensitive\":true}}}}}";
        for (String keyword : new String[] {"anyOf", "oneOf", "allOf"}) {
            hides("{\"" + keyword + "\":[{\"type\":\"null\"}," + part + "]}", CARD);
        }
        hides("{\"if\":{\"type\":\"object\"},\"then\":" + part + "}", CARD);
        hides("{\"else\":" + part + "}", CARD);
        hides("{\"dependentSchemas\":{\"name\":" + part + "}}", CARD);
    }

    @Test
    void circlesEndAndWhatCannotBeLookedUpIsHiddenWhole() {
        String tree =
                "{\"properties\":{\"card\":{\"$ref\":\"#\"},\"number\":{\"sensitive\":true}},\"allOf\":[{\"$ref\":\"#\"}]}";
        hides(tree, CARD);
        hides("{\"properties\":{\"card\":{\"$ref\":\"https://example.com/card\"},\"pin\":{\"sensitive\":true}}}", CARD);
        hides("{\"properties\":{\"card\":{\"$ref\":\"#/$defs/none\"},\"pin\":{\"sensitive\":true}}}", CARD);
    }

    @Test
    void whatIsNotSensitiveIsTheSameObject() {
        assertSame(
                CARD,
                shown("{\"properties\":{\"pin\":{\"sensitive\":true}}}", CARD).body());
        assertSame(CARD, shown("{\"type\":\"object\"}", CARD).body());
        JsonObject masked = (JsonObject)
                shown("{\"properties\":{\"card\":{\"sensitive\":true}}}", CARD).body();
        assertEquals(new JsonObject().put("name", "Ann").put("card", "(hidden)"), masked);
    }
}
