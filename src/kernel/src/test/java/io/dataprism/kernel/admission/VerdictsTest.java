package io.dataprism.kernel.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.sandbox.scan.ScanReport;
import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {
    @TempDir
    Path folder;

    private PluginArtifact artifact;
    private Path file;
    private String key = "";

    @BeforeEach
    void anArtifactThatReachesForFiles() throws IOException {
        Path jar = new CompiledJar()
                .source(
                        "package org.example; public class Main { void go() throws Exception { java.nio.file.Files.delete(java.nio.file.Path.of(\"/tmp/x\")); } }")
                .file("agent.so", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})
                .file("plugin.yaml", """
                        id: weather
                        version: 1.0.0
                        main: org.example.Main
                        api: '*'
                        category: utility
                        """)
                .build(folder.resolve(Verdicts.IN_STORE));
        artifact = ArtifactReader.read(jar);
        file = folder.resolve(VerdictFile.NAME);
        new Verdicts().of(artifact);
        key = key();
    }

    @Test
    void theSameBytesAreScannedOnce() throws IOException {
        Verdicts verdicts = new Verdicts();
        ScanReport report = verdicts.of(artifact);
        assertEquals(1, report.objections().size());
        assertEquals("file-access", report.findings().get(0).permission());
        Files.delete(artifact.file());
        assertSame(report, verdicts.of(artifact));
        // And by another process, from what lies beside it.
        Files.writeString(artifact.file(), "no jar");
        assertEquals(report, new Verdicts().of(artifact));
    }

    @Test
    void aVerdictThatIsDamagedCountsForNothing() throws IOException {
        ScanReport report = new Verdicts().of(artifact);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(11);
        for (int turn = 0; turn < 200; turn++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            Optional<ScanReport> read = read();
            assertEquals(Optional.empty(), read);
        }
        Files.write(file, whole);
        assertEquals(Optional.of(report), read());
        Files.writeString(file, Files.readString(file).replace("\"refuses\" : true", "\"refuses\" : false"));
        assertEquals(Optional.empty(), read());
        assertEquals(report, new Verdicts().of(artifact));
        assertEquals(new String(whole), Files.readString(file), "it is written anew");
    }

    private String key() throws IOException {
        return Files.readString(file).split("[ \n]")[2];
    }

    private Optional<ScanReport> read() throws IOException {
        return VerdictFile.read(folder, key);
    }

    @Test
    void aVerdictOnOtherBytesIsAnother() throws IOException {
        PluginArtifact other =
                new PluginArtifact(artifact.file(), "0".repeat(64), artifact.manifest(), artifact.libraries());
        new Verdicts().of(other);
        assertNotEquals(key, key());
    }
}
