package io.dataprism.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The class files of a class on the class path, with those nested in its outermost class: they are one nest and need each other. */
final class ClassFiles {
    private ClassFiles() {}

    static Map<String, byte[]> of(Class<?> type) {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        String path = outermost.getName().replace('.', '/');
        try {
            Path root = Path.of(outermost
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(root)) {
                return read(root, path);
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + root.toUri()), Map.of())) {
                return read(jar.getPath("/"), path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(type.getName() + " comes from a place that is no file.", e);
        }
    }

    private static Map<String, byte[]> read(Path root, String path) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        String simple = path.substring(path.lastIndexOf('/') + 1);
        Path folder = root.resolve(path + ".class").getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(simple + ".class") || (name.startsWith(simple + "$") && name.endsWith(".class"))) {
                    found.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        }
        return found;
    }
}
