package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading never throws, whatever the bytes, and always says something when it refuses. Seeds are fixed, so that a failure comes again. */
class ManifestFuzzTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> SCALARS = List.of(
            "a",
            "1",
            "1.10",
            "-3",
            "true",
            "~",
            "''",
            "\"\\u0000\"",
            ".nan",
            "0x1F",
            "*",
            "^1.0",
            "9".repeat(50),
            "{}",
            "[]",
            "|",
            "&a b",
            "*a",
            "!t x",
            "on",
            "9999999GiB",
            "30s",
            "{$ref: '#'}",
            "{type: object}",
            "[[[]]]",
            "\uD83D\uDE00",
            "a: b",
            "- x",
            "<<");

    private static void read(byte[] yaml) {
        Manifested manifested = ManifestReader.read("plugin.yaml", yaml);
        if (manifested instanceof Manifested.Refused refused) {
            assertFalse(refused.problems().isEmpty());
        }
        manifested.problems().forEach(problem -> {
            assertTrue(problem.line() >= 1 && problem.column() >= 1, problem::toString);
            assertTrue(problem.message().length() < 2_000, problem::toString);
        });
    }

    private static List<String> seeds() throws IOException {
        try (InputStream in = ManifestFuzzTest.class.getResourceAsStream("bad-manifests.txt")) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(table.split("(?m)^### .*\n"))
                    .map(row -> row.split("(?m)^--->\n")[0])
                    .toList();
        }
    }

    @Test
    void randomBytes() {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            read(bytes);
        }
    }

    @Test
    void randomPunctuation() {
        Random random = new Random(2);
        String letters = "ab:- \n\t[]{},&*!|>'\"%@#?0.~<";
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            read(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void manifestsWithAByteChanged() throws IOException {
        Random random = new Random(3);
        List<String> seeds = seeds();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            read(bytes);
        }
    }

    @Test
    void anyValueForAnyKey() {
        Random random = new Random(4);
        List<String> keys = new ArrayList<>(new JsonObject(ManifestSchema.text())
                .getJsonObject("properties")
                .fieldNames());
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder yaml = new StringBuilder();
            for (String key : keys) {
                if (random.nextInt(3) > 0) {
                    yaml.append(key).append(": ").append(value(random, 0)).append('\n');
                }
            }
            read(yaml.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String value(Random random, int depth) {
        List<String> keys = List.of(
                "plugin",
                "version",
                "optional",
                "capability",
                "permission",
                "reason",
                "memory",
                "steps",
                "start",
                "onCapability",
                "idleStop",
                "capabilities",
                "events",
                "request",
                "type",
                "properties",
                "$ref",
                "pattern",
                "$defs",
                "a");
        if (depth < 3 && random.nextInt(3) == 0) {
            return "{" + keys.get(random.nextInt(keys.size())) + ": " + value(random, depth + 1) + "}";
        }
        if (depth < 3 && random.nextInt(4) == 0) {
            return "[" + value(random, depth + 1) + "]";
        }
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }
}
