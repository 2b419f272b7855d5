package io.dataprism.sandbox.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testjars.CompiledJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/** What a scan refuses, and what hostile files cost it. */
class ObjectionsTest {
    private static final byte[] ELF = Arrays.copyOf(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}, 200);

    @TempDir
    private Path folder;

    private ScanReport scan(CompiledJar jar, String... libraries) throws IOException {
        return ArtifactScan.scan(
                jar.build(folder.resolve("plugin.jar")), List.of(libraries), library -> library.contains("native"));
    }

    private static List<String> told(ScanReport report) {
        return report.objections().stream()
                .map(objection -> (objection.refuses() ? "refused " : "noted ") + objection.code() + " "
                        + objection.file() + ": " + objection.message())
                .toList();
    }

    private static void one(ScanReport report, String expected) {
        assertEquals(1, report.objections().size(), told(report).toString());
        assertTrue(told(report).get(0).startsWith(expected), told(report).toString());
    }

    private static byte[] zip(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(made)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
        }
        return made.toByteArray();
    }

    @Test
    void nativeCodeStandsInAJarThatTheManifestNames() throws IOException {
        one(scan(new CompiledJar().file("libx.so", ELF)), "refused DP-0271 libx.so: It is native code");
        one(
                scan(new CompiledJar().file("pictures/cat.bin", ELF)),
                "refused DP-0271 pictures/cat.bin: It is native code");
        CompiledJar nested = new CompiledJar().file("lib/a.jar", zip("x/libx.so_linux_amd64", ELF));
        one(scan(nested, "lib/a.jar"), "refused DP-0271 lib/a.jar!/x/libx.so_linux_amd64: It is native code");
        ScanReport named = scan(new CompiledJar().file("lib/native.jar", zip("libx.so", ELF)), "lib/native.jar");
        assertEquals(List.of(), told(named));
        assertEquals("the native library libx.so", named.findings().get(0).uses());
        assertEquals("native-access", named.findings().get(0).wanted());
    }

    @Test
    void textsOfSuchNamesAreNoNativeCode() throws IOException {
        assertEquals(
                List.of(),
                told(scan(new CompiledJar().file("texts.so", "Soomaali").file("a.dll.txt", "MZ text"))));
    }

    @Test
    void agentsAndOpeningsAreRefusedAndInLibrariesNoted() throws IOException {
        one(
                scan(new CompiledJar().attribute("Premain-Class", "x.Agent")),
                "refused DP-0273 META-INF/MANIFEST.MF: 'Premain-Class' asks to rewrite the classes of the whole JVM: expected no agent");
        one(
                scan(new CompiledJar().attribute("Add-Opens", "java.base/java.lang")),
                "refused DP-0273 META-INF/MANIFEST.MF: 'Add-Opens' asks the JVM to lift its own protection: expected no such");
        one(scan(new CompiledJar().attribute("Enable-Native-Access", "ALL-UNNAMED")), "refused DP-0273");
        Path library =
                new CompiledJar().attribute("Launcher-Agent-Class", "x.Agent").build(folder.resolve("library.jar"));
        one(
                scan(new CompiledJar().file("lib/a.jar", Files.readAllBytes(library)), "lib/a.jar"),
                "noted DP-0273 lib/a.jar!/META-INF/MANIFEST.MF: 'Launcher-Agent-Class'");
    }

    @Test
    void packagesOfTheJdkAndOfTheNodeAreNotAPlugins() throws IOException {
        one(
                scan(new CompiledJar().source("package io.dataprism.api; public class Extra {}")),
                "refused DP-0274 io/dataprism/api/Extra.class: Refused: packages under io.dataprism.api come from the node");
        one(
                scan(new CompiledJar().file("javax/xml/parsers/X.class", renamed("javax/xml/parsers/X"))),
                "refused DP-0274 javax/xml/parsers/X.class: Refused: it is in a package of the JDK");
        one(scan(new CompiledJar().file("X.class", renamed("java/new/X"))), "refused DP-0274 X.class");
        assertEquals(
                List.of(),
                told(scan(new CompiledJar().source("package javax.inject; public @interface Inject {}"))),
                "no package of the JDK");
    }

    private byte[] renamed(String name) throws IOException {
        String placeholder = "p".repeat(name.length());
        Path jar =
                new CompiledJar().source("public class " + placeholder + " {}").build(folder.resolve("renamed.jar"));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            byte[] bytes =
                    zip.getInputStream(zip.getEntry(placeholder + ".class")).readAllBytes();
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.replace(placeholder, name).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void modulesThatOpenTheJdkAreRefused() throws IOException {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(53, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = writer.visitModule("org.example", 0, null);
        module.visitRequire("java.base", 0, null);
        module.visitOpen("java/lang", 0);
        module.visitEnd();
        writer.visitEnd();
        one(
                scan(new CompiledJar().file("module-info.class", writer.toByteArray())),
                "refused DP-0274 module-info.class: Refused: its module opens or exports the JDK's package java.lang");
    }

    @Test
    void damagedClassesAndLibrariesAreRefusedAndTheRestIsScanned() throws IOException {
        ScanReport report = scan(
                new CompiledJar()
                        .source("package org.example; class Main { void run() { System.exit(1); } }")
                        .file("org/example/Bad.class", "no class")
                        .file("lib/a.jar", "no jar"),
                "lib/a.jar");
        assertEquals(2, report.objections().size());
        assertTrue(
                told(report)
                        .get(0)
                        .startsWith(
                                "refused DP-0272 org/example/Bad.class: It can't be read (it does not begin as a class file does)"),
                told(report).toString());
        assertTrue(
                told(report).get(1).startsWith("refused DP-0208 lib/a.jar"),
                told(report).toString());
        assertEquals(1, report.findings().size());
    }

    @Test
    void namesThatClimbOutAndJarsElsewhereAreTold() throws IOException {
        byte[] library = zip("../../etc/cron.d/x", new byte[1]);
        one(
                scan(new CompiledJar().file("lib/a.jar", library), "lib/a.jar"),
                "refused DP-0207 lib/a.jar!/../../etc/cron.d/x");
        one(scan(new CompiledJar().file("data/inner.jar", library)), "noted DP-0276 data/inner.jar");
    }

    @Test
    void whatUnpacksToTooMuchEnds() throws IOException {
        byte[] bomb = zip("Big.class", new byte[40 << 20]);
        assertTrue(bomb.length < 100_000);
        one(
                scan(new CompiledJar().file("lib/bomb.jar", bomb), "lib/bomb.jar"),
                "refused DP-0272 lib/bomb.jar!/Big.class: It can't be read (larger than 16 MiB)");
        Path jar = new CompiledJar()
                .file("lib/bomb.jar", zip("a", new byte[1 << 20]))
                .build(folder.resolve("b.jar"));
        ScanLimits tight = new ScanLimits(10, 1 << 20, 500, 100, Duration.ofMinutes(1));
        one(
                ArtifactScan.scan(jar, List.of("lib/bomb.jar"), library -> true, tight),
                "refused DP-0275 : There is more in it than is looked at: unpacked, more than 0 MiB");
        ScanLimits hasty = new ScanLimits(10, 1 << 20, 1 << 30, 100, Duration.ZERO);
        one(
                ArtifactScan.scan(jar, List.of("lib/bomb.jar"), library -> true, hasty),
                "refused DP-0275 : There is more in it than is looked at: it takes longer than 0 s");
        ScanLimits few = new ScanLimits(1, 1 << 20, 1 << 30, 100, Duration.ofMinutes(1));
        one(ArtifactScan.scan(jar, List.of(), library -> true, few), "refused DP-0275");
    }

    @Test
    void randomDamageIsAlwaysAnsweredByAReport() throws IOException {
        Random random = new Random(20261130);
        Path sound = new CompiledJar()
                .source("package org.example; class Main { void run(String s) throws Exception {"
                        + " new java.io.FileInputStream(\"a\"); Runnable r = () -> System.exit(1);"
                        + " switch (s) { case \"x\": new Thread(r).start(); default: Class.forName(s); } } }")
                .build(folder.resolve("sound.jar"));
        byte[] bytes;
        try (ZipFile zip = new ZipFile(sound.toFile())) {
            bytes = zip.getInputStream(zip.getEntry("org/example/Main.class")).readAllBytes();
        }
        int refused = 0;
        int found = 0;
        for (int round = 0; round < 1_500; round++) {
            byte[] damaged = bytes.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path jar = folder.resolve("damaged.jar");
            Files.write(jar, zip("org/example/Main.class", damaged));
            ScanReport report = ArtifactScan.scan(jar, List.of(), library -> false);
            refused += report.refused() ? 1 : 0;
            found += report.findings().isEmpty() ? 0 : 1;
        }
        assertTrue(refused > 100, "refused: " + refused);
        assertTrue(found > 100, "found: " + found);
        assertFalse(refused == 1_500);
    }
}
