package io.dataprism.sandbox.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.scan.Finding.Kind;
import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan tells of plugins compiled here. */
class ArtifactScanTest {
    @TempDir
    private Path folder;

    private ScanReport scan(String... bodies) throws IOException {
        CompiledJar jar = new CompiledJar();
        for (String body : bodies) {
            jar.source("package org.example;\n" + body);
        }
        return ArtifactScan.scan(jar.build(folder.resolve("plugin.jar")), List.of(), library -> false);
    }

    /** In a method's body, one statement a line, the first in line 2. */
    private ScanReport statements(String... lines) throws IOException {
        return scan("class Main { void run(String given, java.nio.file.Path path) throws Throwable { "
                + String.join("\n", lines) + "\n} }");
    }

    private static List<String> told(ScanReport report) {
        return report.findings().stream()
                .map(finding -> finding.kind().name().charAt(0) + " " + finding.wanted()
                        + (finding.whole() ? "" : " ?") + " <- " + finding.uses() + " "
                        + finding.places().stream()
                                .map(Place::toString)
                                .map(place -> place.replace("org.example.Main.run:", ""))
                                .collect(Collectors.joining(",", "[", "]")))
                .toList();
    }

    @Test
    void aPluginThatDoesNothingToTheOutsideHasNoFindings() throws IOException {
        ScanReport report = scan("""
                public class Main {
                    record Point(int x, int y) {}
                    enum Colour { RED, GREEN }
                    String run(java.util.List<String> words) {
                        var counts = new java.util.TreeMap<String, Integer>();
                        words.stream().map(String::strip).forEach(word -> counts.merge(word, 1, Integer::sum));
                        return switch (Colour.valueOf("RED")) { case RED -> counts + "x" + new Point(1, 2); case GREEN -> ""; };
                    }
                }
                """);
        assertEquals(List.of(), told(report));
        assertFalse(report.refused());
        assertEquals(1, report.jars());
        assertTrue(report.classes() >= 3, "classes: " + report.classes());
    }

    @Test
    void tellsWhichFileWhereAConstantSaysIt() throws IOException {
        assertEquals(
                List.of(
                        "N file-access:read:/etc/hosts <- java.nio.file.Files.readString [2]",
                        "N file-access:read:conf/a.txt <- new java.io.FileInputStream [3]",
                        "N file-access:write:out/x.csv <- java.io.File.delete [4]",
                        "N file-access:read ? <- java.nio.file.Files.size [5]"),
                told(statements(
                        "java.nio.file.Files.readString(java.nio.file.Path.of(\"/etc/hosts\"));",
                        "new java.io.FileInputStream(\"conf/a.txt\").close();",
                        "java.io.File file = new java.io.File(\"out\", \"x.csv\"); file.delete();",
                        "java.nio.file.Files.size(path);")));
    }

    @Test
    void tellsWhichServerAndProgramAndVariable() throws IOException {
        assertEquals(
                List.of(
                        "N environment:HOME <- java.lang.System.getenv [7]",
                        "N file-access:read:/etc/passwd <- java.net.URL.openStream [4]",
                        "N network-access:https://api.example.com:8443 <- java.net.URL.openStream [3]",
                        "N network-access:tcp://db.example.com:5432 <- new java.net.Socket [2]",
                        "N network-access ? <- java.net.URL.openStream [5]",
                        "N process-start:curl <- java.lang.Runtime.exec [6]",
                        "N process-start:ls <- java.lang.Runtime.exec [9]",
                        "N system-properties:read:user.home <- java.lang.System.getProperty [8]"),
                told(statements(
                        "new java.net.Socket(\"db.example.com\", 5432).close();",
                        "new java.net.URL(\"https://api.example.com:8443/v1?x=1\").openStream();",
                        "new java.net.URL(\"file:///etc/passwd\").openStream();",
                        "new java.net.URL(given).openStream();",
                        "Runtime.getRuntime().exec(\"curl http://x\");",
                        "System.getenv(\"HOME\");",
                        "System.getProperty(\"user.home\");",
                        "Runtime.getRuntime().exec(new String[] {\"ls\", \"-l\"});")));
    }

    @Test
    void tellsWhatTheNodeItselfOffers() throws IOException {
        assertEquals(
                List.of(
                        "N file-access:write:out/x <- io.dataprism.api.PinnedFile.create [2]",
                        "B reflection <- io.vertx.core.json.Json.decodeValue [3]"),
                told(statements(
                        "io.dataprism.api.PinnedFile.create(java.nio.file.Path.of(\"out/x\")).close();",
                        "io.vertx.core.json.Json.decodeValue(given, Thread.class);")));
    }

    @Test
    void tellsNoTargetThatMayBeAnotherOne() throws IOException {
        assertEquals(
                List.of("N file-access:read ? <- java.nio.file.Files.readString [4,7,10]"),
                told(statements(
                        "String name = \"harmless.txt\";",
                        "if (given.isEmpty()) { name = given; }",
                        "java.nio.file.Files.readString(java.nio.file.Path.of(name));",
                        "String[] more = {\"a\"};",
                        "java.util.Arrays.fill(more, given);",
                        "java.nio.file.Files.readString(java.nio.file.Path.of(\"b\", more));",
                        "String loop = \"c\";",
                        "for (int i = 0; i < 2; i++) {",
                        "java.nio.file.Files.readString(java.nio.file.Path.of(loop)); loop = given; }")));
    }

    @Test
    void seesMethodReferencesAndLambdas() throws IOException {
        ScanReport report = scan("""
                class Main {
                    interface Job { void run(java.nio.file.Path path) throws Exception; }
                    Job a = java.nio.file.Files::delete;
                    Job b = path -> java.nio.file.Files.createFile(path);
                    java.util.function.Function<String, java.io.File> c = java.io.File::new;
                    java.util.function.Function<java.io.File, Boolean> d = java.io.File::delete;
                    java.util.function.Supplier<Thread> e = () -> new Thread(() -> {});
                }
                """);
        List<String> told = told(report);
        assertTrue(
                told.contains("N file-access:write ? <- java.nio.file.Files.delete [org.example.Main.<init>:4]"),
                told::toString);
        assertTrue(
                told.stream().anyMatch(line -> line.startsWith("N file-access:write ? <- java.io.File.delete [")),
                told::toString);
        assertTrue(
                told.stream().anyMatch(line -> line.contains("Files.createFile [org.example.Main.lambda$")),
                told::toString);
        assertTrue(
                told.stream().anyMatch(line -> line.contains("N threads <- new java.lang.Thread [")), told::toString);
    }

    @Test
    void seesWhatIsInheritedThroughClassesOfItsOwn() throws IOException {
        ScanReport report = scan("""
                class Main {
                    void run(Below loader) { loader.make(new byte[0]); new Own().start(); }
                    static class Loader extends ClassLoader {}
                    static class Below extends Loader {
                        Class<?> make(byte[] bytes) { return defineClass(null, bytes, 0, bytes.length); }
                    }
                    static class Own { void start() {} }
                }
                """);
        assertEquals(
                List.of(
                        "N class-loading <- extends java.lang.ClassLoader [org.example.Main$Loader]",
                        "N class-loading <- new java.lang.ClassLoader [org.example.Main$Loader.<init>:4]",
                        "N class-loading <- org.example.Main$Below.defineClass [org.example.Main$Below.make:6]"),
                told(report));
    }

    @Test
    void whatCantBeToldFromTheCodeIsCalledSo() throws IOException {
        List<String> told = told(statements(
                "Class<?> type = Class.forName(given);",
                "type.getMethod(\"x\").invoke(null);",
                "Class.forName(\"java.util.ArrayList\");",
                "Class.forName(\"sun.misc.Unsafe\");"));
        assertEquals(
                List.of(
                        "N native-access <- sun.misc.Unsafe by its name, through java.lang.Class.forName [5]",
                        "B reflection <- java.lang.reflect.Method.invoke [3]",
                        "B reflection ? <- java.lang.Class.forName [2]"),
                told);
    }

    @Test
    void whatNoPermissionGivesIsToldApart() throws IOException {
        ScanReport report = statements("System.exit(1);", "System.setOut(null);");
        assertEquals(List.of("H  <- java.lang.System.exit [2]", "H  <- java.lang.System.setOut [3]"), told(report));
        assertEquals("it ends the node", report.findings().get(0).note());
        assertEquals(Kind.HIDDEN, report.findings().get(0).kind());
    }

    @Test
    void nativeMethodsAndFinalizersAreFound() throws IOException {
        List<String> told = told(scan("class Main { native void raw(); protected void finalize() {} }"));
        assertEquals(
                List.of(
                        "N native-access <- a native method of its own [org.example.Main.raw]",
                        "N threads <- overrides java.lang.Object.finalize [org.example.Main.finalize]"),
                told);
    }

    @Test
    void oneFindingCountsItsPlaces() throws IOException {
        Finding finding = statements(
                        Collections.nCopies(50, "System.getenv(given);").toArray(new String[0]))
                .findings()
                .get(0);
        assertEquals(50, finding.count());
        assertEquals(20, finding.places().size());
        assertEquals(
                new Place("", "org.example.Main", "run", 2), finding.places().get(0));
    }

    @Test
    void nestedLibrariesAndOtherVersionsAreScannedAndNamed() throws IOException {
        Path library = new CompiledJar()
                .source("package org.lib; public class Lib { String home() { return System.getenv(\"HOME\"); } }")
                .build(folder.resolve("lib.jar"));
        Path versioned = new CompiledJar()
                .source("package org.lib; public class Newer { void end() { System.exit(0); } }")
                .build(folder.resolve("newer.jar"));
        byte[] newer = bytes(versioned, "org/lib/Newer.class");
        Path plugin = new CompiledJar()
                .file("lib/lib-1.0.jar", Files.readAllBytes(library))
                .file("META-INF/versions/21/org/lib/Newer.class", newer)
                .attribute("Multi-Release", "true")
                .build(folder.resolve("plugin.jar"));
        ScanReport report = ArtifactScan.scan(plugin, List.of("lib/lib-1.0.jar"), named -> false);
        assertEquals(
                List.of(
                        "N environment:HOME <- java.lang.System.getenv [org.lib.Lib.home:1 in lib/lib-1.0.jar]",
                        "H  <- java.lang.System.exit [org.lib.Newer.end:1 in for Java 21]"),
                told(report));
        assertEquals(2, report.jars());
    }

    private static byte[] bytes(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
        }
    }

    @Test
    void aFolderIsScannedAsAJarIs() throws IOException {
        Path jar = new CompiledJar()
                .source("package org.example; class Main { void run() { System.exit(1); } }")
                .build(folder.resolve("x.jar"));
        Path classes = Files.createDirectories(folder.resolve("classes/org/example"));
        Files.write(classes.resolve("Main.class"), bytes(jar, "org/example/Main.class"));
        ScanReport report = ArtifactScan.scan(folder.resolve("classes"), List.of(), library -> false);
        assertEquals(List.of("H  <- java.lang.System.exit [1]"), told(report));
    }
}
