package io.dataprism.kernel.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.manifest.TestJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BomTest {
    static final String CYCLONE_DX = """
            {"bomFormat": "CycloneDX", "specVersion": "1.5",
             "metadata": {"component": {"name": "weather", "purl": "pkg:maven/org.example/weather@1.0.0",
                                        "components": [{"purl": "pkg:maven/a.b/inner@1.0"}]}},
             "components": [
               {"type": "library", "purl": "pkg:maven/org.example/lib-a@1.2.3?type=jar"},
               {"group": "org.example", "name": "lib-b", "version": "2.0",
                "components": [{"purl": "pkg:maven/com.example%2Ec/lib-c@1.0%2B1"}]},
               {"purl": "pkg:npm/left-pad@1.0.0"}, {"name": "nameless"}, 7, null]}
            """;

    @TempDir
    Path folder;

    private Bom bom(String... files) throws IOException {
        TestJar jar = TestJar.plugin("weather", "1.0.0");
        for (int i = 0; i < files.length; i++) {
            jar.entry("META-INF/sbom/" + i + ".json", files[i]);
        }
        return Bom.of(jar.entry("META-INF/sbom/readme.txt", "x").write(folder.resolve("weather.jar")));
    }

    private static List<String> names(Bom bom) {
        return bom.components().stream().map(Object::toString).toList();
    }

    @Test
    void readsCycloneDxWithComponentsInComponents() throws IOException {
        Bom bom = bom(CYCLONE_DX);
        assertEquals(
                List.of(
                        "a.b:inner:1.0",
                        "com.example.c:lib-c:1.0+1",
                        "org.example:lib-a:1.2.3",
                        "org.example:lib-b:2.0"),
                names(bom));
        assertEquals(List.of("META-INF/sbom/0.json"), bom.files());
        assertEquals(List.of(), bom.problems());
    }

    @Test
    void readsSpdx() throws IOException {
        assertEquals(List.of("org.example:lib-a:1.2.3"), names(bom("""
                {"spdxVersion": "SPDX-2.3", "packages": [
                  {"name": "lib-a", "externalRefs": [
                    {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:x"},
                    {"referenceType": "purl", "referenceLocator": "pkg:maven/org.example/lib-a@1.2.3"}]},
                  {"name": "other"}]}
                """)));
    }

    @Test
    void whatIsNeitherIsToldAndTheRestIsRead() throws IOException {
        Bom bom = bom("{", "[]", "{}", CYCLONE_DX, "{\"bomFormat\": \"CycloneDX\", \"components\": \"none\"}");
        assertEquals(4, bom.components().size());
        assertEquals(3, bom.problems().size(), bom.problems().toString());
        assertTrue(
                bom.problems().get(2).endsWith("2.json is neither CycloneDX nor SPDX 2"),
                bom.problems().toString());
    }

    @Test
    void nestingToAnyDepthAndHugeFilesDoNoHarm() throws IOException {
        String deep = "{\"bomFormat\": \"CycloneDX\", \"components\": " + "[{\"components\": ".repeat(100_000);
        Bom bom = bom(deep, "{\"bomFormat\": \"CycloneDX\"," + " ".repeat(16 << 20) + "}");
        assertEquals(2, bom.problems().size(), bom.problems().toString());
        assertTrue(
                bom.problems().get(1).endsWith("1.json is larger than 16 MiB"),
                bom.problems().toString());
    }

    private static byte[] library(String... coordinates) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String each : coordinates) {
                String[] parts = each.split(":", -1);
                zip.putNextEntry(new ZipEntry("META-INF/maven/" + parts[0] + "/" + parts[1] + "/pom.properties"));
                zip.write(("groupId=" + parts[0] + "\nartifactId=" + parts[1] + "\nversion=" + parts[2] + "\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void isHeldAgainstWhatIsInTheJar() throws IOException {
        Path jar = TestJar.plugin("weather", "1.0.0")
                .entry("META-INF/sbom/bom.json", CYCLONE_DX)
                .entry("lib/renamed.jar", library("org.example:lib-a:1.2.3"))
                .entry("lib/lib-b-2.0-linux.jar", library())
                .entry("lib/lib-b-2.0.1.jar", library("org.example:lib-b:2.0.1"))
                .entry("lib/hidden.jar", library("org.example:lib-a:1.2.4"))
                .entry("lib/broken.jar", new byte[] {1, 2, 3})
                .entry(
                        "META-INF/maven/com.example.c/lib-c/pom.properties",
                        "groupId=com.example.c\nartifactId=lib-c\nversion=1.0+1")
                .write(folder.resolve("weather.jar"));
        Bom bom = Bom.of(jar);
        assertEquals(List.of("a.b:inner:1.0"), bom.absent());
        assertEquals(
                List.of("lib/broken.jar", "lib/hidden.jar", "lib/lib-b-2.0.1.jar"),
                bom.unnamed().stream().sorted().toList());
    }

    @Test
    void whereNothingIsSaidNothingIsMissing() throws IOException {
        Path jar = TestJar.plugin("weather", "1.0.0")
                .entry("lib/hidden.jar", library("org.example:lib-a:1.2.4"))
                .write(folder.resolve("weather.jar"));
        assertEquals(Bom.NONE, Bom.of(jar));
    }

    @Test
    void mostPluginsHaveNone() throws IOException {
        assertEquals(Bom.NONE, bom());
        assertEquals(Bom.NONE, Bom.of(folder));
    }
}
