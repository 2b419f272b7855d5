package io.dataprism.sandbox.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/** What the JVM notes in each class loader, and reflection does not show. */
final class ClassLoaderFields {
    static final long PARENT = RawMemory.offset(ClassLoader.class, "parent");
    private static final long CLASSES = RawMemory.offset(ClassLoader.class, "classes");
    private static final long LIST = RawMemory.offset(ArrayList.class, "elementData");
    private static final long VECTOR = RawMemory.offset(Vector.class, "elementData");

    private ClassLoaderFields() {}

    /** The classes that {@code loader} defined so far, as far as the JVM lists them: not those that are hidden. Takes no lock, so that the newest may be missing. */
    static List<Class<?>> classes(ClassLoader loader) {
        Object listed = RawMemory.read(loader, CLASSES);
        long at = listed instanceof Vector ? VECTOR : LIST;
        Object elements = listed instanceof Vector || listed instanceof ArrayList ? RawMemory.read(listed, at) : null;
        List<Class<?>> classes = new ArrayList<>();
        if (elements instanceof @Nullable Object[] array) {
            for (Object each : array) {
                if (each instanceof Class<?> type) {
                    classes.add(type);
                }
            }
        }
        return classes;
    }
}
