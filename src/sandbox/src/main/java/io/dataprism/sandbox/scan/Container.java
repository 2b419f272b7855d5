package io.dataprism.sandbox.scan;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar or folder of classes. A jar is read by its directory, as the class loader reads it: what else stands in the file is nowhere loaded from.
 */
interface Container extends Closeable {
    /** {@code lib/a-1.0.jar}; empty for the artifact itself. */
    String jar();

    /** The names of its files, with slashes, in order. */
    List<String> files();

    InputStream open(String file) throws IOException;

    /** The jar {@code path}. */
    static Container jar(String name, Path path) throws IOException {
        try {
            return new Jar(name, new ZipFile(path.toFile()));
        } catch (EOFException e) {
            // Comes without a word of its own.
            ZipException cut = new ZipException("the file ends in the middle");
            cut.initCause(e);
            throw cut;
        }
    }

    /** The folder {@code root}. */
    static Container folder(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return new Folder(
                    root,
                    walk.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A jar. */
    record Jar(String jar, ZipFile zip) implements Container {
        @Override
        public List<String> files() {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }

        @Override
        public InputStream open(String file) throws IOException {
            ZipEntry entry = zip.getEntry(file);
            if (entry == null) {
                throw new IOException("it has no entry of that name");
            }
            return zip.getInputStream(entry);
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /** A folder. */
    record Folder(Path root, List<String> files) implements Container {
        @Override
        public String jar() {
            return "";
        }

        @Override
        public InputStream open(String file) throws IOException {
            return Files.newInputStream(root.resolve(file));
        }

        @Override
        public void close() {}
    }
}
