package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose code travels in the distribution is told in it, by licence, with nobody left out. */
class NoticesIT {
    private static final Path DIST = Path.of(System.getProperty("dist"));

    @Test
    void theCommandLineNamesEachLibraryBesideIt() throws Exception {
        String notices = notices(DIST.resolve("lib/dataprism.jar"));
        try (Stream<Path> lib = Files.list(DIST.resolve("lib"))) {
            List<String> missing = lib.map(jar -> jar.getFileName().toString())
                    .filter(jar -> !jar.startsWith("dataprism"))
                    .filter(jar -> !names(notices, jar))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "tables", "charts"})
    void eachPluginNamesTheLibrariesInIt(String plugin) throws Exception {
        Path jar = DIST.resolve("plugins").resolve(plugin + ".jar");
        String notices = notices(jar);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<String> nested = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches("lib/.+\\.jar"))
                    .toList();
            assertTrue(!nested.isEmpty());
            assertEquals(
                    List.of(),
                    nested.stream().filter(name -> !names(notices, name)).toList());
        }
    }

    /** Whether the notices name {@code [lib/group.]artifact-version.jar} as {@code group:artifact:version}, with a licence before it. */
    private static boolean names(String notices, String jar) {
        String file = jar.substring(jar.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
        return notices.lines()
                .filter(line -> line.strip().startsWith("(") && !line.contains("(Unknown license)"))
                .map(line -> line.replaceFirst(".*\\(([^() ]+:[^() ]+:[^() ]+) - .*", "$1"))
                .map(coordinates -> coordinates.split(":"))
                .filter(parts -> parts.length == 3)
                .anyMatch(parts -> file.endsWith(parts[1] + "-" + parts[2]));
    }

    private static String notices(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry("META-INF/THIRD-PARTY.txt");
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
