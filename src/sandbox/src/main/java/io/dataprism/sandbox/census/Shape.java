package io.dataprism.sandbox.census;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** How objects of one class lie in memory. */
final class Shape {
    private static final long[] NONE = {};
    private static final int ALIGNED = 8;

    enum Kind {
        /** Not counted, and not walked into. */
        STOP,
        OBJECT,
        REFERENCES,
        PRIMITIVES,
        CLASS,
        LOADER,
        THREAD
    }

    static final Shape STOP = new Shape(Kind.STOP, 0, 0, NONE);
    /** Of classes themselves, whose size is not on the heap's account. */
    static final Shape CLASS = new Shape(Kind.CLASS, 0, 0, NONE);

    private final Kind kind;
    private final long size;
    private final int scale;
    private final long[] references;

    /**
     * @param kind what is to be done with them
     * @param size bytes of one; of arrays before the first element
     * @param scale of arrays: bytes of one element
     * @param references where they refer to others
     */
    private Shape(Kind kind, long size, int scale, long[] references) {
        this.kind = kind;
        this.size = size;
        this.scale = scale;
        this.references = references;
    }

    Kind kind() {
        return kind;
    }

    long size() {
        return size;
    }

    int scale() {
        return scale;
    }

    /** Where they refer to others; not to be changed. */
    long[] references() {
        return references;
    }

    static Shape array(Class<?> type) {
        boolean primitive = type.getComponentType().isPrimitive();
        return new Shape(
                primitive ? Kind.PRIMITIVES : Kind.REFERENCES,
                RawMemory.arrayBase(type),
                RawMemory.arrayScale(type),
                NONE);
    }

    /** Of a class whose fields can't be read. */
    static Shape closed() {
        return new Shape(Kind.OBJECT, aligned(RawMemory.HEADER), 0, NONE);
    }

    /** @throws LinkageError whatever the JVM, or a loader that it asks for the fields' types, says against it */
    private static Field[] fields(Class<?> type) {
        try {
            return type.getDeclaredFields();
        } catch (RuntimeException e) {
            throw new LinkageError("The types of fields could not be loaded", e);
        }
    }

    /** @throws LinkageError where a field is of a type that is not there, or can't be loaded: of none of its class is known anything then */
    static Shape of(Kind kind, Class<?> type) {
        List<Long> references = new ArrayList<>();
        long end = RawMemory.HEADER;
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : fields(each)) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    long at = RawMemory.offset(field);
                    end = Math.max(end, at + width(field.getType()));
                    if (!field.getType().isPrimitive() && holds(field, type)) {
                        references.add(at);
                    }
                }
            }
        }
        return new Shape(
                kind,
                aligned(end),
                0,
                references.stream().mapToLong(Long::longValue).toArray());
    }

    /** Whether what {@code field} refers to is kept by it: weak references keep nothing, and references of any kind are in lists of the JVM's. */
    private static boolean holds(Field field, Class<?> type) {
        return field.getDeclaringClass() != Reference.class
                || (field.getName().equals("referent") && SoftReference.class.isAssignableFrom(type));
    }

    /**
     * Static fields that refer to something.
     *
     * @throws LinkageError as {@link #of}
     */
    static List<Field> statics(Class<?> type) {
        List<Field> statics = new ArrayList<>();
        for (Field field : fields(type)) {
            if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                statics.add(field);
            }
        }
        return statics;
    }

    static long aligned(long bytes) {
        return (bytes + ALIGNED - 1) / ALIGNED * ALIGNED;
    }

    private static int width(Class<?> type) {
        if (!type.isPrimitive()) {
            return RawMemory.REFERENCE;
        }
        if (type == long.class || type == double.class) {
            return Long.BYTES;
        }
        if (type == int.class || type == float.class) {
            return Integer.BYTES;
        }
        return type == short.class || type == char.class ? Short.BYTES : Byte.BYTES;
    }
}
