package io.dataprism.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** A folder of classes, as a build leaves it. */
final class FolderEntry implements ClassPathEntry {
    private final Path root;
    private final @Nullable Manifest manifest;
    private final CodeDomain domain = new CodeDomain();

    FolderEntry(Path folder) throws IOException {
        root = folder.toAbsolutePath().normalize();
        manifest = readManifest(root.resolve("META-INF/MANIFEST.MF"));
    }

    private static @Nullable Manifest readManifest(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return new Manifest(stream);
        }
    }

    private @Nullable Path file(String name) {
        Path file = root.resolve(name).normalize();
        return file.startsWith(root) && Files.exists(file) ? file : null;
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        Path file = file(name);
        return file == null || Files.isDirectory(file) ? null : Files.readAllBytes(file);
    }

    @Override
    public @Nullable URL find(String name) {
        Path file = file(name);
        try {
            return file == null ? null : file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A file's path is always a URL: " + file, e);
        }
    }

    @Override
    public @Nullable Manifest manifest() {
        return manifest;
    }

    @Override
    public URL location() {
        return ClassPathEntry.url(root.toFile());
    }

    @Override
    public ProtectionDomain domain(ClassLoader loader) {
        return domain.of(location(), loader);
    }

    @Override
    public boolean rest() {
        return false;
    }

    @Override
    public void close() {
        // holds no file open
    }
}
