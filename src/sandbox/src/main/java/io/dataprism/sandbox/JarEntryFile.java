package io.dataprism.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** A jar, multi-release ones included. Signatures are a matter of admission, not of reading. */
final class JarEntryFile implements ClassPathEntry {
    private final Path file;
    private final RestingJar jar;
    private final JarResourceUrls urls;
    private final CodeDomain domain = new CodeDomain();

    JarEntryFile(Path path) throws IOException {
        file = path.toAbsolutePath();
        jar = new RestingJar(file);
        try {
            // Kept nowhere: it is needed while a package's first class is loaded, and the open jar remembers it.
            manifest();
        } catch (IOException e) {
            jar.close();
            throw e;
        }
        urls = new JarResourceUrls(jar, file);
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
            throw new IllegalStateException(location() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Manifest manifest() throws IOException {
        return jar.with(JarFile::getManifest);
    }

    @Override
    public URL location() {
        return ClassPathEntry.url(file.toFile());
    }

    @Override
    public ProtectionDomain domain(ClassLoader loader) {
        return domain.of(location(), loader);
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
