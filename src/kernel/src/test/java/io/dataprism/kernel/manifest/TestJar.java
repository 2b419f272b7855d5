package io.dataprism.kernel.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes jars for tests, entry by entry. */
public final class TestJar {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private TestJar() {}

    public static TestJar empty() {
        return new TestJar();
    }

    /** A jar that is in order: a manifest and the main class it names. */
    public static TestJar plugin(String id, String version) {
        return empty().manifest("""
                        id: %s
                        version: %s
                        main: org.example.Main
                        api: '*'
                        category: utility
                        """.formatted(id, version)).entry("org/example/Main.class", "not read");
    }

    public TestJar manifest(String yaml) {
        return entry("plugin.yaml", yaml);
    }

    public TestJar entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestJar entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTime(0);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
