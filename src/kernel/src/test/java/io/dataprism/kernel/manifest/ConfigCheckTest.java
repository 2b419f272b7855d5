package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConfigCheckTest {
    private static final PluginManifest MANIFEST = ManifestReader.read(
                    "plugin.yaml", """
                    id: weather
                    version: 1.0.0
                    main: org.example.Weather
                    api: '*'
                    category: utility
                    configSchema:
                      type: object
                      additionalProperties: false
                      required: [station]
                      properties:
                        station: {type: string, minLength: 3}
                        unit: {enum: [celsius, fahrenheit], default: celsius}
                        every: {type: integer, minimum: 1, default: 60}
                        token: {type: string, writeOnly: true, pattern: '^[a-f0-9]+$'}
                        cache: {type: object, default: {}, properties: {size: {type: integer, default: 10}}}
                    """.getBytes(StandardCharsets.UTF_8))
            .orThrow();

    private static List<String> said(JsonObject config) {
        return ConfigCheck.check(MANIFEST, config, "weather.config").problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void fillsInDefaultsAndLeavesTheGivenAlone() {
        JsonObject given = new JsonObject().put("station", "oslo").put("every", 5);
        ConfigCheck.Checked checked = ConfigCheck.check(MANIFEST, given, "weather.config");
        assertEquals(List.of(), checked.problems());
        assertEquals(
                new JsonObject()
                        .put("station", "oslo")
                        .put("every", 5)
                        .put("unit", "celsius")
                        .put("cache", new JsonObject().put("size", 10)),
                checked.config());
        assertEquals(2, given.size());
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertEquals(
                List.of(
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'station' is 'x': expected at least"
                                + " 3 characters.",
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'unit' is 'celcius': expected"
                                + " celsius or fahrenheit. Did you mean 'celsius'?",
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'every' is the number 0: expected at"
                                + " least 1.",
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: Unknown key 'evry'. Did you mean"
                                + " 'every'?"),
                said(new JsonObject()
                        .put("station", "x")
                        .put("unit", "celcius")
                        .put("every", 0)
                        .put("evry", 1)));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                List.of(
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: Key 'station' is missing. Add it."),
                said(new JsonObject()));
    }

    @Test
    void neverShowsASecret() {
        assertEquals(
                List.of(
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'token' is a hidden value: expected text"
                                + " that matches ^[a-f0-9]+$."),
                said(new JsonObject().put("station", "oslo").put("token", "my secret")));
    }

    private static PluginManifest withSchema(String schema) {
        return ManifestReader.read(
                        "plugin.yaml",
                        ("id: slow\nversion: 1.0.0\nmain: org.example.Slow\napi: '*'\ncategory: utility\nconfigSchema: "
                                        + schema)
                                .getBytes(StandardCharsets.UTF_8))
                .orThrow();
    }

    /** The back reference keeps the JDK from remembering which ways it tried. */
    @Test
    @Timeout(20)
    void aPatternThatTriesTooManyWaysIsEnded() {
        JsonObject config = new JsonObject().put("name", "a".repeat(40) + "!");
        List<String> said = ConfigCheck.check(
                        withSchema("{properties: {name: {type: string, pattern: '^(x?)(a+)+\\1$'}}}"), config, "conf")
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
        assertEquals(
                List.of(
                        "conf: DP-0224 Plugin 'slow' can't take its configuration: the pattern '^(x?)(a+)+\\1$' of its schema takes more"
                                + " than 1000 ms on a text of 41 characters. Write the pattern so that it has one way to match a text:"
                                + " one repetition within another, such as (a+)+, has very many."),
                said);
    }

    @Test
    @Timeout(20)
    void soIsOneForTheNamesOfProperties() {
        JsonObject config = new JsonObject().put("a".repeat(40) + "!", 1);
        ConfigCheck.Checked checked = ConfigCheck.check(
                withSchema("{patternProperties: {'^(x?)(a|a)*\\1$': {type: integer}}, additionalProperties: false}"),
                config,
                "conf");
        assertEquals("DP-0224", checked.problems().get(0).code());
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void definitionsThatReferToTheNextOneTwiceAreEnded() {
        SchemaCheck check = SchemaCheck.of(new JsonObject(doubling(50)), new BoundedSchema(Duration.ofMillis(10)));
        BoundedSchema.TooSlow slow =
                assertThrows(BoundedSchema.TooSlow.class, () -> check.violations(new JsonObject()));
        assertTrue(slow.getMessage().contains("takes more than 100 ms"), slow.getMessage());
        assertThrows(BoundedSchema.TooSlow.class, () -> check.withDefaults(new JsonObject()));
        List<String> breaches = check.breaches(JsonSchemas.node(new JsonObject()));
        assertTrue(breaches.get(0).contains("following the references ($ref) of its schema takes"), breaches.get(0));
        assertEquals(1, breaches.size());
    }

    /** Of neither there is much; of each with each there is. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyKeywordsThatLookAtManyItemsAreEnded() {
        JsonArray each = new JsonArray();
        JsonArray items = new JsonArray();
        for (int i = 0; i < 20_000; i++) {
            each.add(new JsonObject().put("contains", new JsonObject().put("const", -i)));
            items.add(i + 1);
        }
        JsonObject schema =
                new JsonObject().put("properties", new JsonObject().put("a", new JsonObject().put("allOf", each)));
        SchemaCheck check = SchemaCheck.of(schema, new BoundedSchema(Duration.ofMillis(10)));
        BoundedSchema.TooSlow slow =
                assertThrows(BoundedSchema.TooSlow.class, () -> check.violations(new JsonObject().put("a", items)));
        assertTrue(slow.getMessage().contains("takes more than 300 ms"), slow.getMessage());
    }

    @Test
    void ofVeryMuchThatIsWrongAPartIsKept() {
        JsonNode texts = JsonSchemas.node(new JsonArray(Collections.nCopies(100_000, "no number")).encode());
        String items = "{\"items\": {\"type\": \"%s\"}}";
        SchemaCheck wrong = SchemaCheck.reusable(new JsonObject(items.formatted("integer")));
        assertEquals(1_000, wrong.breaches(texts).size());
        SchemaCheck either = SchemaCheck.reusable(
                new JsonObject("{\"anyOf\": [" + items.formatted("integer") + ", " + items.formatted("string") + "]}"));
        assertEquals(List.of(), either.breaches(texts), "one of the two holds");
    }

    private static String doubling(int levels) {
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            String next = "{\"$ref\": \"#/$defs/a" + (i + 1) + "\"}";
            definitions.append("\"a" + i + "\": {\"allOf\": [" + next + ", " + next + "]}, ");
        }
        return "{\"$ref\": \"#/$defs/a0\", \"$defs\": {" + definitions + "\"a" + levels
                + "\": {\"type\": \"object\"}}}";
    }

    @Test
    void aReferenceThatLeadsNowhereElseIsTold() {
        PluginManifest manifest = withSchema("{properties: {name: {$ref: '#/properties/name'}}}");
        ConfigCheck.Checked checked = ConfigCheck.check(manifest, new JsonObject().put("name", 1), "conf");
        assertEquals("DP-0224", checked.problems().get(0).code());
        assertTrue(checked.problems().get(0).toString().contains("never ends"));
    }

    @Test
    void aSchemaOfATreeIsNoTrouble() {
        PluginManifest manifest =
                withSchema("{$ref: '#/$defs/node', $defs: {node: {type: object, properties: {left: {$ref:"
                        + " '#/$defs/node'}, right: {$ref: '#/$defs/node'}, value: {$ref: '#/$defs/value'}}}, value: {type: integer,"
                        + " default: 1}}}");
        JsonObject tree = new JsonObject();
        for (int i = 0; i < 50; i++) {
            tree = new JsonObject().put("left", tree).put("right", new JsonObject().put("value", i));
        }
        ConfigCheck.Checked checked = ConfigCheck.check(manifest, tree, "conf");
        assertEquals(List.of(), checked.problems());
        assertEquals(1, checked.config().getInteger("value"));
    }

    @Test
    void patternsKeepTheirMeaning() {
        PluginManifest manifest = withSchema("{properties: {name: {type: string, pattern: '^[a-z]+$'}}}");
        assertEquals(
                0,
                ConfigCheck.check(manifest, new JsonObject().put("name", "abc"), "conf")
                        .problems()
                        .size());
        assertEquals(
                1,
                ConfigCheck.check(manifest, new JsonObject().put("name", "abc\n"), "conf")
                        .problems()
                        .size());
        assertEquals(
                1,
                ConfigCheck.check(manifest, new JsonObject().put("name", "ABC"), "conf")
                        .problems()
                        .size());
    }
}
