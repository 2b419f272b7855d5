package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testjars.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An artifact in a data folder that is not what was installed, as an operator meets it. */
class DamagedArtifactsTest {
    private static final String MANIFEST = """
            id: greeter
            version: 1.0.0
            main: org.example.Greeter
            api: '*'
            category: utility
            """;

    @TempDir
    Path folder;

    private Path jar() {
        return new CompiledJar()
                .source("package org.example; public class Greeter {}")
                .file("plugin.yaml", MANIFEST)
                .build(folder.resolve("greeter.jar"));
    }

    @Test
    void theDoctorFindsThemByTheirHash() throws Exception {
        String data = folder.resolve("data").toString();
        CliRun install = CliRun.of("plugins", "install", jar().toString(), "--data", data);
        assertEquals(ExitCode.OK, install.exitCode(), install.err());
        CliRun well = CliRun.of("doctor", "--data", data);
        assertTrue(
                well.out().contains("ok       plugins   those in " + data + " are as they were installed"), well.out());
        List<Path> stored;
        try (Stream<Path> all = Files.walk(Path.of(data))) {
            stored = all.filter(path -> path.endsWith("artifact.jar")).toList();
        }
        byte[] bytes = Files.readAllBytes(stored.get(0));
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored.get(0), bytes);
        CliRun ill = CliRun.of("doctor", "--data", data);
        assertTrue(ill.out().contains("bad      plugins   "), ill.out());
        assertEquals(ExitCode.FAILED, ill.exitCode());
    }
}
