package io.dataprism.sandbox.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.guard.GuardedClasses;
import io.dataprism.sandbox.rules.RuleTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;

/** The guard's own code is part of the key, its rule table with it. */
class CodeFingerprintTest {
    private static final String RULES = "io/dataprism/sandbox/rules/rules.txt";

    @TempDir
    Path folder;

    @Test
    void theGuardAndTheLibraryItWritesWithAreKnown() throws IOException {
        String guard =
                CodeFingerprint.of(GuardedClasses.class, "io.dataprism.sandbox").orElseThrow();
        assertTrue(guard.contains(RULES), guard);
        assertTrue(guard.contains("io/dataprism/sandbox/guard/ClassGuard.class"), guard);
        assertTrue(CodeFingerprint.of(ClassWriter.class, "org.objectweb.asm").isPresent());
        assertEquals(Optional.empty(), CodeFingerprint.of(String.class, "java.lang"));
    }

    @Test
    void oneOtherByteInTheRuleTableMakesAnotherKey() throws IOException {
        byte[] rules;
        try (InputStream in = RuleTable.class.getResourceAsStream("rules.txt")) {
            rules = Objects.requireNonNull(in).readAllBytes();
        }
        byte[] changed = rules.clone();
        changed[changed.length / 2] ^= 1;
        assertNotEquals(ofFolder(rules, "one"), ofFolder(changed, "other"));
        assertEquals(ofFolder(rules, "again"), ofFolder(rules, "one"));
        assertNotEquals(ofJar(rules), ofJar(changed));
        assertEquals(ofJar(rules), ofJar(rules));
    }

    private String ofFolder(byte[] rules, String name) throws IOException {
        Path file = folder.resolve(name).resolve(RULES);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, rules);
        return CodeFingerprint.of(folder.resolve(name), "io/dataprism/sandbox/").orElseThrow();
    }

    private String ofJar(byte[] rules) throws IOException {
        Path jar = folder.resolve("sandbox.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new JarEntry(RULES));
            zip.write(rules);
            zip.putNextEntry(new JarEntry("org/other.txt"));
            zip.write("not counted".getBytes(StandardCharsets.UTF_8));
        }
        String found = CodeFingerprint.of(jar, "io/dataprism/sandbox/").orElseThrow();
        assertEquals(1, found.lines().count());
        return found;
    }

    @Test
    void noTwoLinesOfPartsMakeTheSameContent() {
        assertNotEquals(KeptKey.content(List.of("ab", "c")), KeptKey.content(List.of("a", "bc")));
    }
}
