package io.dataprism.sandbox;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * {@code jar:} URLs that read through the plugin's own open jar. The JDK's own handler would keep the file open in a cache of the
 * JVM after the plugin is gone.
 */
final class JarResourceUrls extends URLStreamHandler {
    private final RestingJar jar;
    private final Path file;

    JarResourceUrls(RestingJar jar, Path file) {
        this.jar = jar;
        this.file = file;
    }

    @SuppressWarnings("deprecation") // URL.of, its successor, came with Java 20
    URL of(String name) throws MalformedURLException {
        return new URL(null, "jar:" + file.toFile().toURI() + "!/" + name, this);
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        return new Connection(url, jar);
    }

    /** Reads one entry of the jar. */
    private static final class Connection extends JarURLConnection {
        private final RestingJar jar;

        Connection(URL url, RestingJar jar) throws MalformedURLException {
            super(url);
            this.jar = jar;
        }

        @Override
        public void connect() throws IOException {
            if (getEntryName() != null && getJarEntry() == null) {
                throw new FileNotFoundException(getURL().toString());
            }
        }

        @Override
        public JarFile getJarFile() throws IOException {
            return jar.lend();
        }

        @Override
        public @Nullable JarEntry getJarEntry() throws IOException {
            String name = getEntryName();
            return name == null ? null : jar.with(open -> open.getJarEntry(name));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            String name = getEntryName();
            InputStream stream = name == null ? null : jar.stream(name);
            if (stream == null) {
                throw new FileNotFoundException(getURL().toString());
            }
            return stream;
        }

        @Override
        public long getContentLengthLong() {
            try {
                JarEntry entry = getJarEntry();
                return entry == null ? -1 : entry.getSize();
            } catch (IOException e) {
                // As of any connection whose length is not known; reading it says why.
                return -1;
            }
        }
    }
}
