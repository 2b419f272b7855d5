package io.dataprism.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A jar, multi-release ones included. Signatures are a matter of admission, not of reading. */
final class JarEntryFile implements ClassPathEntry {
    private final JarFile jar;
    private final @Nullable Manifest manifest;
    private final CodeSource source;
    private final JarResourceUrls urls;

    JarEntryFile(Path path) throws IOException {
        File file = path.toAbsolutePath().toFile();
        jar = new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version());
        try {
            manifest = jar.getManifest();
        } catch (IOException e) {
            jar.close();
            throw e;
        }
        URI uri = file.toURI();
        source = new CodeSource(uri.toURL(), (CodeSigner[]) null);
        urls = new JarResourceUrls(jar, uri);
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null || entry.isDirectory()) {
            return null;
        }
        try (InputStream stream = jar.getInputStream(entry)) {
            return stream.readAllBytes();
        }
    }

    @Override
    public @Nullable URL find(String name) {
        try {
            return jar.getEntry(name) == null ? null : urls.of(name);
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A jar's entry is always a URL: " + name, e);
        }
    }

    @Override
    public @Nullable Manifest manifest() {
        return manifest;
    }

    @Override
    public CodeSource source() {
        return source;
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
