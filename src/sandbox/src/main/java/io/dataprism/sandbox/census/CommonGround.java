package io.dataprism.sandbox.census;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all plugins: how objects of the JDK's and the node's classes lie in memory, and which objects the JDK holds itself, in static fields
 * of the classes that were met. Owned by one thread.
 */
final class CommonGround {
    /** Of objects that the JDK holds: what is beyond is taken for a plugin's where it reaches it. */
    private static final int MOST = 200_000;

    private final HeldTypes held;
    private final IdentitySet ofJdk;
    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final Deque<Object> waiting = new ArrayDeque<>();

    CommonGround(HeldTypes held, Room room) {
        this.held = held;
        this.ofJdk = new IdentitySet(room);
    }

    /** Whether the JDK holds {@code object}, whoever else does. */
    boolean isHeldByJdk(Object object) {
        return ofJdk.contains(object);
    }

    /** Of a class of the JDK's. */
    Shape ofJdk(Class<?> type) {
        Shape known = shapes.get(type);
        if (known == null) {
            known = jdkShape(type);
            shapes.put(type, known);
            if (known.kind() == Shape.Kind.OBJECT) {
                noteStatics(type);
            }
        }
        return known;
    }

    /** Of a class of the node's. */
    Shape ofNode(Class<?> type) {
        return shapes.computeIfAbsent(type, first -> held.holds(outermost(first)) ? readable(first) : Shape.STOP);
    }

    private static String outermost(Class<?> type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static Shape jdkShape(Class<?> type) {
        if (type.isArray()) {
            return Shape.array(type);
        }
        if (type == Class.class) {
            return Shape.CLASS;
        }
        if (Stops.at(type)) {
            return Shape.STOP;
        }
        if (ClassLoader.class.isAssignableFrom(type)) {
            return Shape.of(Shape.Kind.LOADER, type);
        }
        return Shape.of(Thread.class.isAssignableFrom(type) ? Shape.Kind.THREAD : Shape.Kind.OBJECT, type);
    }

    private static Shape readable(Class<?> type) {
        try {
            return Shape.of(Shape.Kind.OBJECT, type);
        } catch (LinkageError optional) {
            // A library of the node's that is not there: none of its objects can be a plugin's.
            return Shape.STOP;
        }
    }

    private void noteStatics(Class<?> type) {
        for (Field field : Shape.statics(type)) {
            note(RawMemory.readStatic(field));
        }
        for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
            Shape shape = ofJdk(next.getClass());
            if (next instanceof @Nullable Object[] array) {
                for (Object element : array) {
                    note(element);
                }
            }
            for (long at : shape.references()) {
                note(RawMemory.read(next, at));
            }
        }
    }

    private void note(@Nullable Object object) {
        if (object == null || ofJdk.size() >= MOST || !isJdks(object.getClass())) {
            return;
        }
        Shape.Kind kind = shapes.containsKey(object.getClass())
                ? shapes.get(object.getClass()).kind()
                : jdkShape(object.getClass()).kind();
        boolean counts = kind == Shape.Kind.OBJECT || kind == Shape.Kind.REFERENCES || kind == Shape.Kind.PRIMITIVES;
        if (counts && ofJdk.add(object)) {
            waiting.add(object);
        }
    }

    private static boolean isJdks(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.getClassLoader() == null;
    }
}
