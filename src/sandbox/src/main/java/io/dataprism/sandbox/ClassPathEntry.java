package io.dataprism.sandbox;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** One jar or folder of a plugin's class path. Safe to use from any thread. */
interface ClassPathEntry extends Closeable {

    static ClassPathEntry open(Path path) throws IOException {
        return Files.isDirectory(path) ? new FolderEntry(path) : new JarEntryFile(path);
    }

    /** The bytes of a file, or null where there is none. */
    byte @Nullable [] read(String name) throws IOException;

    /** Where a file is, or null where there is none. */
    @Nullable
    URL find(String name);

    /** Its {@code META-INF/MANIFEST.MF}, or null. */
    @Nullable
    Manifest manifest() throws IOException;

    /** The jar or folder itself. */
    URL location();

    /** The domain of the classes that {@code loader}, always the same one, defines from it. */
    ProtectionDomain domain(ClassLoader loader);

    /** Where {@code file} is. */
    static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A file's path is always a URL: " + file, e);
        }
    }

    /** Let go for the time being of what was not used since this was last called. Whether something is held that may rest later. */
    boolean rest() throws IOException;
}
