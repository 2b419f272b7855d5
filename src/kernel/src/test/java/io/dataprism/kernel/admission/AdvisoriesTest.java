package io.dataprism.kernel.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.TestJar;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoriesTest {
    @TempDir
    Path folder;

    private static String record(String id, String ecosystem, String name, String affected) {
        return """
                {"id": "%s", "aliases": ["CVE-1"], "summary": "Reads too much",
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"}, %s}]}
                """.formatted(id, ecosystem, name, affected);
    }

    private static String range(String events) {
        return record(
                "GHSA-a",
                "Maven",
                "org.example:lib",
                "\"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\": [" + events + "]}]");
    }

    private Advisories read(String text) throws IOException {
        return Advisories.read(Files.writeString(folder.resolve("osv.json"), text));
    }

    /** Those of the versions that a record is about. */
    private String hit(String record, String... versions) throws IOException {
        Advisories all = read(record);
        return String.join(
                " ",
                Stream.of(versions)
                        .filter(version -> !all.of(List.of(new BomComponent("org.example:lib", version)))
                                .isEmpty())
                        .toList());
    }

    @Test
    void versionsAreComparedAsMavenDoes() throws IOException {
        assertEquals(
                "1.2 1.2.0 1.10 1.10.1-alpha-1 1.10.1-SNAPSHOT",
                hit(
                        range("{\"introduced\": \"1.2\"}, {\"fixed\": \"1.10.1\"}"),
                        "1.1.9",
                        "1.2-rc1",
                        "1.2",
                        "1.2.0",
                        "1.10",
                        "1.10.1-alpha-1",
                        "1.10.1-SNAPSHOT",
                        "1.10.1",
                        "1.10.1.Final",
                        "2"));
    }

    @Test
    void eventsMayStandInAnyOrderAndSeveralTimes() throws IOException {
        assertEquals(
                "0.1 0.9 2.0 2.0.9",
                hit(
                        range(
                                "{\"fixed\": \"2.1\"}, {\"introduced\": \"0\"}, {\"fixed\": \"1.0\"}, {\"introduced\": \"2.0\"}"),
                        "0.1",
                        "0.9",
                        "1.0",
                        "1.9",
                        "2.0",
                        "2.0.9",
                        "2.1",
                        "3"));
        assertEquals(
                "1 1.5 2",
                hit(range("{\"introduced\": \"1\"}, {\"last_affected\": \"2\"}"), "0.9", "1", "1.5", "2", "2.0.1"));
        assertEquals("1 99", hit(range("{\"introduced\": \"0\"}"), "1", "99"));
    }

    @Test
    void versionsMayBeNamedOneByOne() throws IOException {
        assertEquals(
                "1.0 1.3",
                hit(
                        record("GHSA-b", "Maven", "org.example:lib", "\"versions\": [\"1.0\", \"1.3\"]"),
                        "1.0",
                        "1.1",
                        "1.3"));
    }

    @Test
    void whatIsOfOthersOrWithdrawnIsNotMeant() throws IOException {
        String all = "\"versions\": [\"1.0\"]";
        assertEquals("", hit(record("x", "npm", "org.example:lib", all), "1.0"));
        assertEquals("", hit(record("x", "Maven", "org.example:lib-other", all), "1.0"));
        assertEquals(
                "",
                hit(
                        record("x", "Maven", "org.example:lib", all)
                                .replace("\"id\"", "\"withdrawn\": \"2024-01-01T00:00:00Z\", \"id\""),
                        "1.0"));
        assertEquals(
                "",
                hit(
                        record(
                                "x",
                                "Maven",
                                "org.example:lib",
                                "\"ranges\": [{\"type\": \"GIT\", \"events\": [{\"introduced\": \"0\"}]}]"),
                        "1.0"));
    }

    @Test
    void theyMayBeAListAFolderOrAZip() throws IOException {
        String one = range("{\"introduced\": \"0\"}, {\"fixed\": \"2\"}");
        String two = record("GHSA-b", "Maven", "org.example:lib", "\"versions\": [\"1.0\"]");
        List<BomComponent> asked = List.of(new BomComponent("org.example:lib", "1.0"));
        List<Vulnerability> expected = read("[" + one + "," + two + "]").of(asked);
        assertEquals(
                List.of(
                        "GHSA-a (CVE-1) in org.example:lib:1.0: Reads too much; mended in 2",
                        "GHSA-b (CVE-1) in org.example:lib:1.0: Reads too much; no mended version is known"),
                expected.stream().map(Object::toString).toList());
        Path all = Files.createDirectory(folder.resolve("all"));
        Files.writeString(all.resolve("a.json"), one);
        Files.writeString(all.resolve("b.json"), two);
        Files.writeString(all.resolve("readme.txt"), "x");
        assertEquals(expected, Advisories.read(all).of(asked));
        Path zip = TestJar.empty().entry("a.json", one).entry("b.json", two).write(folder.resolve("all.zip"));
        assertEquals(expected, Advisories.read(zip).of(asked));
        assertEquals(2, Advisories.read(zip).records());
    }

    @Test
    void whatCannotBeReadIsNotTakenForSafe() throws IOException {
        assertEquals(
                "DP-0943",
                assertThrows(PluginException.class, () -> read("{\"id\": ")).code());
        assertEquals(
                "DP-0943",
                assertThrows(PluginException.class, () -> Advisories.read(folder.resolve("none")))
                        .code());
    }

    private Path jar() throws IOException {
        return TestJar.plugin("weather", "1.0.0")
                .entry("META-INF/sbom/bom.json", BomTest.CYCLONE_DX)
                .write(folder.resolve("weather.jar"));
    }

    private PluginRegistry open(Path advisories, Vulnerable then) {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data"))
                .withAdmission(AdmissionOptions.DEFAULT.withAdvisories(advisories, then)));
    }

    @Test
    void anArtifactWithAKnownWeaknessIsRefusedOrTold() throws IOException {
        Path known = Files.writeString(
                folder.resolve("osv.json"),
                range("{\"introduced\": \"0\"}, {\"fixed\": \"1.3\"}").replace("org.example:lib", "org.example:lib-a"));
        PluginException refused = assertThrows(
                PluginException.class, () -> open(known, Vulnerable.REFUSE).install(ArtifactSource.path(jar())));
        assertEquals("DP-0941", refused.code());
        assertTrue(
                refused.getMessage()
                        .contains("GHSA-a (CVE-1) in org.example:lib-a:1.2.3: Reads too much; mended in 1.3"),
                refused.getMessage());
        Judged judged =
                open(known, Vulnerable.WARN).review(ArtifactSource.path(jar())).judged();
        assertEquals(List.of(), judged.refusals());
        assertEquals("DP-0941", judged.remarks().get(0).code());
        assertEquals(List.of("1.3"), judged.vulnerabilities().get(0).fixedIn());
    }

    @Test
    void advisoriesThatWereReplacedAreReadAgain() throws IOException {
        Path known = Files.writeString(folder.resolve("osv.json"), "[]");
        PluginRegistry registry = open(known, Vulnerable.REFUSE);
        assertEquals(
                List.of(), registry.review(ArtifactSource.path(jar())).judged().refusals());
        Files.writeString(known, range("{\"introduced\": \"0\"}").replace("org.example:lib", "org.example:lib-a"));
        Files.setLastModifiedTime(known, FileTime.from(Instant.now().plusSeconds(10)));
        assertEquals(
                1,
                registry.review(ArtifactSource.path(jar())).judged().refusals().size());
        Files.delete(known);
        assertEquals(
                "DP-0943",
                registry.review(ArtifactSource.path(jar()))
                        .judged()
                        .refusals()
                        .get(0)
                        .code());
    }
}
