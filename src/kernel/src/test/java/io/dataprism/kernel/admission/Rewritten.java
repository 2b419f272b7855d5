package io.dataprism.kernel.admission;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar's entries, to be changed behind its signer's back. */
final class Rewritten {
    private final Path jar;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private Rewritten(Path jar) {
        this.jar = jar;
    }

    static Rewritten of(Path jar) {
        Rewritten rewritten = new Rewritten(jar);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    rewritten.entries.put(entry.getName(), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rewritten;
    }

    Rewritten put(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Rewritten remove(String name) {
        if (entries.remove(name) == null) {
            throw new AssertionError("There is no " + name + " in " + entries.keySet());
        }
        return this;
    }

    Rewritten flip(String name) {
        byte[] bytes = entries.get(name);
        bytes[bytes.length / 2] ^= 1;
        return this;
    }

    Path write() {
        Path changed = jar.resolveSibling("changed-" + jar.getFileName());
        try (OutputStream file = Files.newOutputStream(changed);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }
}
