package io.dataprism.bench.program;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A class on the class path as it goes into a jar. */
final class ClassFile {
    private ClassFile() {}

    static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + entry(type))) {
            return Objects.requireNonNull(in, type.getName()).readAllBytes();
        }
    }
}
