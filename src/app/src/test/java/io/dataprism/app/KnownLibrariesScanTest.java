package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.scan.ArtifactScan;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Objection;
import io.dataprism.sandbox.scan.ScanReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Libraries that everybody knows, scanned: what is found in them is what one would expect. */
class KnownLibrariesScanTest {
    private static final List<Path> JARS = Arrays.stream(
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(System.getProperty("path.separator")))
            .filter(name -> name.endsWith(".jar"))
            .map(Path::of)
            .toList();

    private static Path jar(String artifact) {
        return JARS.stream()
                .filter(jar -> jar.getFileName().toString().matches(artifact + "-[0-9][^/]*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + artifact + " in " + JARS));
    }

    private static ScanReport scan(Path jar) throws IOException {
        return ArtifactScan.scan(jar, List.of(), library -> true);
    }

    private static Set<String> permissions(String artifact) throws IOException {
        return scan(jar(artifact)).findings().stream()
                .map(Finding::permission)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachIsReadWithoutDamage() throws IOException {
        assertTrue(JARS.size() > 40, "jars: " + JARS.size());
        for (Path jar : JARS) {
            List<Objection> objections = scan(jar).objections().stream()
                    .filter(objection ->
                            !Set.of("DP-0271", "DP-0273", "DP-0274", "DP-0276").contains(objection.code()))
                    .toList();
            assertEquals(List.of(), objections, jar.toString());
        }
    }

    @Test
    void whatTheyTakeIsWhatTheyAreFor() throws IOException {
        assertEquals(Set.of(), permissions("jspecify"));
        assertEquals(Set.of(), permissions("semver4j"));
        assertEquals(Set.of(), permissions("itu"));
        assertEquals(Set.of("environment"), permissions("snakeyaml-engine"));
        assertEquals(
                Set.of("file-access", "network-access", "reflection", "system-properties"),
                permissions("jackson-core"));
        assertEquals(Set.of("network-access", "reflection"), permissions("json-schema-validator"));
        Set<String> netty = permissions("netty-common");
        assertTrue(
                netty.containsAll(Set.of("threads", "reflection", "native-access", "network-access")),
                netty.toString());
        Set<String> logback = permissions("logback-core");
        assertTrue(logback.containsAll(Set.of("file-access", "threads")), logback.toString());
    }
}
