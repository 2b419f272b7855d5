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
import org.jspecify.annotations.Nullable;

/** A jar, multi-release ones included. Signatures are a matter of admission, not of reading. */
final class JarEntryFile implements ClassPathEntry {
    private final RestingJar jar;
    private final @Nullable Manifest manifest;
    private final CodeSource source;
    private final JarResourceUrls urls;

    JarEntryFile(Path path) throws IOException {
        File file = path.toAbsolutePath().toFile();
        jar = new RestingJar(file);
        try {
            manifest = jar.with(JarFile::getManifest);
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
        return jar.with(open -> {
            ZipEntry entry = open.getEntry(name);
            if (entry == null || entry.isDirectory()) {
                return null;
            }
            try (InputStream stream = open.getInputStream(entry)) {
                return stream.readAllBytes();
            }
        });
    }

    @Override
    public @Nullable URL find(String name) {
        try {
            return jar.with(open -> open.getEntry(name)) == null ? null : urls.of(name);
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A jar's entry is always a URL: " + name, e);
        } catch (IOException e) {
            throw new IllegalStateException(source.getLocation() + " cannot be read: " + e.getMessage(), e);
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
    public boolean rest() throws IOException {
        return jar.rest();
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
