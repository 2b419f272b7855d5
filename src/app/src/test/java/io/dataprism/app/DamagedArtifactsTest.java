package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    private Path jar() throws Exception {
        Path jar = folder.resolve("greeter.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("plugin.yaml"));
            zip.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("org/example/Greeter.class"));
            zip.write(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE});
        }
        return jar;
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
