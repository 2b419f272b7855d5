package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick check says of nothing that it is in order which the full one refuses. Seeds are fixed, so that a failure comes again. */
class QuickSchemaTest {
    private static final QuickSchema QUICK = QuickSchema.of(ManifestSchema.text());
    private static final SchemaCheck FULL = SchemaCheck.of(ManifestSchema.text());

    private static final String MANIFEST = """
            manifest: 1
            id: weather
            version: 1.2.0-rc.1+build.5
            main: org.example.Weather
            api: ^0.1
            category: integration
            description: Fetches forecasts
            homepage: https://example.org/weather
            capabilities: [forecast]
            idempotent: [forecast, fetch]
            dependencies:
              - plugin: users
                version: ^2.0
              - capability: table-create
                optional: true
            exports: [org.example.model]
            nativeLibraries: [org.example.quick-*.jar]
            permissions:
              - permission: network-access:https://api.example.com:443
                reason: Fetches forecasts
            limits:
              memory: 128MiB
              cpu: 50
              mailbox: {messages: 5, bytes: 1KiB}
              steps: {start: 1m, stop: 500ms}
            isolation: worker
            blocking: true
            activation: {onCapability: [forecast, fetch], onEvent: [weather.*], idleStop: 5m}
            contracts: {checked: [calls, events]}
            """;

    private static final List<Object> ODD = Arrays.asList(
            null,
            1,
            0,
            -1,
            1.0,
            50.5,
            10_000_000_000L,
            true,
            "",
            " ",
            "1",
            "kernel",
            "weather\n",
            "weather\u2028",
            "Weather",
            "1.0.0\n",
            "x".repeat(65),
            "\uD83D\uDE00".repeat(100),
            "https://a b",
            "later",
            new JsonObject(),
            new JsonArray(),
            new JsonArray().add("a").add("a"),
            new JsonArray().add(1).add(1.0),
            new JsonArray().add(new JsonObject()),
            new JsonObject().put("unknown", 1));

    private static YamlDocument document(String yaml) {
        return YamlDocument.parse("plugin.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .document()
                .orElseThrow();
    }

    private static List<Violation> full(JsonObject document) {
        return FULL.violations(document);
    }

    @Test
    void whatIsInOrderIsFoundSoAtOnce() {
        assertTrue(QUICK.holds(document(ManifestReader.SMALLEST).json()));
        assertTrue(QUICK.holds(document(MANIFEST).json()));
        assertEquals(List.of(), full(document(MANIFEST).json()));
    }

    @Test
    void whatHoldsIsInOrderByTheFullCheckToo() {
        Random random = new Random(7);
        int held = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            JsonObject changed = document(MANIFEST).json();
            change(changed, random);
            if (QUICK.holds(changed)) {
                held++;
                assertEquals(List.of(), full(changed), changed::encode);
            } else {
                refused++;
            }
        }
        assertTrue(held > 100 && refused > 10_000, held + " and " + refused);
    }

    /** Put an odd value in a random place, take a random one away, or add a key. */
    private static void change(JsonObject object, Random random) {
        List<String> keys = new ArrayList<>(object.fieldNames());
        String key = keys.isEmpty() || random.nextInt(20) == 0 ? "more" : keys.get(random.nextInt(keys.size()));
        Object value = object.getValue(key);
        if (value instanceof JsonObject inside && random.nextInt(4) > 0) {
            change(inside, random);
            object.put(key, inside);
        } else if (value instanceof JsonArray list && !list.isEmpty() && random.nextInt(4) > 0) {
            change(list, random);
            object.put(key, list);
        } else if (random.nextInt(10) == 0) {
            object.remove(key);
        } else {
            object.put(key, ODD.get(random.nextInt(ODD.size())));
        }
    }

    private static void change(JsonArray list, Random random) {
        int place = random.nextInt(list.size());
        if (list.getValue(place) instanceof JsonObject inside && random.nextInt(4) > 0) {
            change(inside, random);
            list.set(place, inside);
        } else if (random.nextInt(4) == 0) {
            list.add(list.getValue(place));
        } else {
            list.set(place, ODD.get(random.nextInt(ODD.size())));
        }
    }

    @Test
    void whatOtherSchemasOfOursUseIsKnownToo() {
        String schema = """
                {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z]$"},
                 "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}}}
                """;
        for (String document : List.of(
                "{'a': [7]}",
                "{'a': [true]}",
                "{}",
                "{'a': []}",
                "{'a': ['b']}",
                "{'A': ['b']}",
                "{'a': [1]}",
                "{'a': ['b'], 'c': ['d']}")) {
            JsonObject json = new JsonObject(document.replace('\'', '"'));
            assertEquals(
                    SchemaCheck.of(schema).violations(json).isEmpty(),
                    QuickSchema.of(schema).holds(json),
                    document);
        }
    }

    @Test
    void whatItDoesNotKnowItLeavesToTheFullCheck() {
        JsonObject manifest = document(ManifestReader.SMALLEST).json();
        manifest.put("configSchema", new JsonObject().put("type", "object"));
        assertFalse(QUICK.holds(manifest));
        for (String schema : List.of(
                "{\"anyOf\": [{}]}",
                "{\"if\": {}}",
                "{\"patternProperties\": {}}",
                "{\"properties\": {\"a\": true}}",
                "{\"$ref\": \"#/$defs/missing\"}",
                "{\"not\": {\"type\": \"string\"}}")) {
            assertFalse(QuickSchema.of(schema).holds(new JsonObject().put("a", "b")), schema);
        }
    }
}
