package io.dataprism.kernel.manifest;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
                        """.formatted(id, version))
                .entry("org/example/Main.class", emptyClass("org/example/Main"));
    }

    /** A class without anything in it. */
    public static byte[] emptyClass(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0xCAFEBABE);
            out.writeInt(61); // Java 17
            out.writeShort(5);
            out.writeByte(1);
            out.writeUTF(name);
            out.writeByte(7);
            out.writeShort(1);
            out.writeByte(1);
            out.writeUTF("java/lang/Object");
            out.writeByte(7);
            out.writeShort(3);
            out.writeShort(0x21); // public, and calls its superclass as all do
            out.writeShort(2);
            out.writeShort(4);
            out.writeLong(0); // no interfaces, fields, methods, attributes
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
