package io.dataprism.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plugin's own jars and folders, searched in order. */
final class OwnClasses implements Closeable {
    private final List<ClassPathEntry> entries;
    private final ClassTransform transform;
    private final ReadAhead ahead = new ReadAhead();

    OwnClasses(List<Path> classPath, ClassTransform transform) throws IOException {
        this.transform = transform;
        this.entries = open(classPath);
    }

    /** A class and where it was found. */
    static final class Found {
        private final byte[] bytes;
        private final ClassPathEntry entry;

        Found(byte[] bytes, ClassPathEntry entry) {
            this.bytes = bytes;
            this.entry = entry;
        }

        byte[] bytes() {
            return bytes;
        }

        ClassPathEntry entry() {
            return entry;
        }
    }

    private static List<ClassPathEntry> open(List<Path> classPath) throws IOException {
        List<ClassPathEntry> opened = new ArrayList<>();
        try {
            for (Path path : classPath) {
                opened.add(ClassPathEntry.open(path));
            }
        } catch (IOException e) {
            closeAll(opened, e);
            throw e;
        }
        return List.copyOf(opened);
    }

    boolean has(String className) {
        String file = file(className);
        return entries.stream().anyMatch(entry -> entry.find(file) != null);
    }

    private static String file(String className) {
        return className.replace('.', '/') + ".class";
    }

    @Nullable
    Found find(String className) throws ClassNotFoundException {
        Found known = ahead.take(className);
        Found found = known == null ? read(className) : known;
        return found == null ? null : new Found(transform.apply(className, found.bytes), found.entry);
    }

    /** Before it passes the transform. It is likely to be asked for by {@link #find} soon, and kept for that. */
    @Nullable
    Found asItIs(String className) throws ClassNotFoundException {
        Found found = read(className);
        if (found != null) {
            ahead.keep(className, found);
        }
        return found;
    }

    private @Nullable Found read(String className) throws ClassNotFoundException {
        String file = file(className);
        for (ClassPathEntry entry : entries) {
            byte[] bytes = read(entry, file, className);
            if (bytes != null) {
                return new Found(bytes, entry);
            }
        }
        return null;
    }

    private static byte @Nullable [] read(ClassPathEntry entry, String file, String className)
            throws ClassNotFoundException {
        try {
            return entry.read(file);
        } catch (IOException | IllegalStateException e) {
            throw new ClassNotFoundException(
                    className + " cannot be read from " + entry.location() + ": " + e.getMessage(), e);
        }
    }

    List<URL> resources(String name) {
        return entries.stream()
                .map(entry -> entry.find(name))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Let go for the time being of the jars that were not used since this was last called. Whether one may rest later. */
    boolean rest() throws IOException {
        ahead.clear();
        boolean later = false;
        for (ClassPathEntry entry : entries) {
            later |= entry.rest();
        }
        return later;
    }

    @Override
    public void close() throws IOException {
        IOException failure = new IOException("Some jars could not be closed");
        ahead.clear();
        closeAll(entries, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void closeAll(List<ClassPathEntry> entries, IOException failure) {
        for (ClassPathEntry entry : entries) {
            try {
                entry.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
