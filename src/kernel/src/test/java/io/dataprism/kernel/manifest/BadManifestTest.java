package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The exact texts for manifests that are wrong, from {@code bad-manifests.txt}. */
class BadManifestTest {

    @TestFactory
    Stream<DynamicTest> says() throws IOException {
        String table;
        try (InputStream in = BadManifestTest.class.getResourceAsStream("bad-manifests.txt")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return Arrays.stream(table.split("(?m)^### ")).skip(1).map(BadManifestTest::test);
    }

    private static DynamicTest test(String row) {
        String name = row.lines().findFirst().orElseThrow();
        String[] parts = row.substring(name.length() + 1).split("(?m)^--->\n", 2);
        return dynamicTest(name, () -> {
            Manifested manifested = ManifestReader.read("plugin.yaml", parts[0].getBytes(StandardCharsets.UTF_8));
            assertEquals(parts[1], said(manifested));
            assertInstanceOf(Manifested.Refused.class, manifested);
        });
    }

    private static String said(Manifested manifested) {
        return manifested.problems().stream()
                .map(problem -> problem.toString().substring("plugin.yaml:".length()) + "\n")
                .collect(Collectors.joining());
    }
}
