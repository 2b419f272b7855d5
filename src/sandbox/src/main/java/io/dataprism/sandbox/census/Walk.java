package io.dataprism.sandbox.census;

import io.dataprism.sandbox.PluginClassLoader;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's part of the count. What is still to be looked into is kept in a list, not on the stack, so that no chain is too long. Owned by one thread.
 */
final class Walk {
    private static final int MOST_NAMES = 10;
    private static final int FEW = 1 << 8;
    private static final int BREATH = (1 << 12) - 1;

    private final Territory territory;
    private final CommonGround common;
    private final Room room;
    private final IdentitySet seen;
    /** What plugins that it uses reach: theirs. */
    private final List<IdentitySet> taken;

    private final Set<Thread> threads;
    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final Set<Class<?>> classes = new HashSet<>();
    private final Set<String> unread = new HashSet<>();
    private @Nullable Object[] stack = new @Nullable Object[FEW];
    private int depth;
    private long bytes;
    private long steps;

    /** @param threads of the plugin's making, that live */
    Walk(Territory territory, CommonGround common, Room room, List<IdentitySet> taken, Set<Thread> threads) {
        this.territory = territory;
        this.common = common;
        this.room = room;
        this.seen = new IdentitySet(room);
        this.taken = taken;
        this.threads = threads;
    }

    IdentitySet seen() {
        return seen;
    }

    /** Count all that is reachable from these, and from the static fields of the plugin's classes. */
    void from(List<Object> roots) {
        territory.own().forEach(this::classesOf);
        roots.forEach(this::root);
        threads.forEach(this::meet);
        run();
    }

    /** Count {@code value} as well where {@code key} was met: what a thread keeps for whoever has the key. */
    void local(Object key, Object value) {
        Shape shape = shape(value.getClass());
        Territory.Whose whose = territory.of(value.getClass());
        if (shape.kind() != Shape.Kind.STOP && (seen.contains(key) || whose == Territory.Whose.OWN)) {
            meet(value);
            run();
        }
    }

    Retained result(Optional<String> cut) {
        return new Retained(
                bytes,
                seen.size(),
                classes.size(),
                unread.stream().sorted().limit(MOST_NAMES).toList(),
                cut);
    }

    /** Whatever its class is: it is known to be the plugin's. */
    private void root(Object object) {
        Shape shape = shape(object.getClass());
        if (shape.kind() == Shape.Kind.STOP) {
            shape = Shape.of(Shape.Kind.OBJECT, object.getClass());
            for (long at : shape.references()) {
                meet(RawMemory.read(object, at));
            }
        } else {
            meet(object);
        }
    }

    private void run() {
        while (depth > 0) {
            Object next = stack[--depth];
            stack[depth] = null;
            if (next != null) {
                lookInto(next);
            }
            if ((++steps & BREATH) == 0) {
                room.goOn();
            }
        }
    }

    private void lookInto(Object object) {
        if (object instanceof @Nullable Object[] array) {
            for (Object element : array) {
                meet(element);
            }
            return;
        }
        for (long at : shape(object.getClass()).references()) {
            meet(RawMemory.read(object, at));
        }
    }

    private void meet(@Nullable Object object) {
        if (object == null) {
            return;
        }
        Shape shape = shape(object.getClass());
        switch (shape.kind()) {
            case STOP -> {}
            case CLASS -> ownClass((Class<?>) object);
            case LOADER -> loader((ClassLoader) object, shape);
            case THREAD -> {
                // Also one that has not begun, has ended, or is virtual: no list of the JVM's has it.
                if (ThreadFields.isMadeBy(territory.own(), (Thread) object)) {
                    count(object, shape.size(), true);
                }
            }
            case OBJECT -> count(object, shape.size(), shape.references().length > 0);
            case REFERENCES -> count(object, arrayBytes(shape, ((Object[]) object).length), true);
            case PRIMITIVES -> count(object, arrayBytes(shape, java.lang.reflect.Array.getLength(object)), false);
        }
    }

    private static long arrayBytes(Shape shape, int length) {
        return Shape.aligned(shape.size() + (long) shape.scale() * length);
    }

    /** Whether it was not counted before. */
    private boolean count(Object object, long size, boolean refers) {
        if (isAnothers(object) || !seen.add(object)) {
            return false;
        }
        bytes += size;
        if (refers) {
            push(object);
        }
        return true;
    }

    private boolean isAnothers(Object object) {
        if (common.isHeldByJdk(object)) {
            return true;
        }
        for (IdentitySet theirs : taken) {
            if (theirs.contains(object)) {
                return true;
            }
        }
        return false;
    }

    private void push(Object object) {
        if (depth == stack.length) {
            room.take(2L * stack.length * RawMemory.REFERENCE);
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        stack[depth++] = object;
    }

    /** One that the plugin made; its own, and the node's, are not its. */
    private void loader(ClassLoader loader, Shape shape) {
        if (!(loader instanceof PluginClassLoader)
                && territory.isMadeByPlugin(loader)
                && count(loader, shape.size(), true)) {
            classesOf(loader);
        }
    }

    private void classesOf(ClassLoader loader) {
        ClassLoaderFields.classes(loader).forEach(this::ownClass);
    }

    private void ownClass(Class<?> type) {
        Territory.Whose whose = territory.of(type);
        if (whose == Territory.Whose.OWN_UNREADABLE) {
            unread.add(type.getName());
        }
        if (whose != Territory.Whose.OWN || type.isArray() || !classes.add(type)) {
            return;
        }
        try {
            for (Field field : Shape.statics(type)) {
                meet(RawMemory.readStatic(field));
            }
        } catch (LinkageError missing) {
            unread.add(type.getName());
        }
    }

    private Shape shape(Class<?> type) {
        Shape known = shapes.get(type);
        if (known == null) {
            known = find(type);
            shapes.put(type, known);
        }
        return known;
    }

    private Shape find(Class<?> type) {
        if (type.isArray()) {
            return Shape.array(type);
        }
        return switch (territory.of(type)) {
            case JDK -> common.ofJdk(type);
            case NODE -> common.ofNode(type);
            case OTHERS -> Shape.STOP;
            case USED -> readable(type);
            case OWN -> {
                // Also one that is hidden, which no loader lists.
                ownClass(type);
                yield readable(type);
            }
            case OWN_UNREADABLE -> {
                unread.add(type.getName());
                yield Shape.closed();
            }
        };
    }

    private Shape readable(Class<?> type) {
        try {
            return Shape.of(kind(type), type);
        } catch (LinkageError missing) {
            unread.add(type.getName());
            return Shape.closed();
        }
    }

    private static Shape.Kind kind(Class<?> type) {
        if (ClassLoader.class.isAssignableFrom(type)) {
            return Shape.Kind.LOADER;
        }
        return Thread.class.isAssignableFrom(type) ? Shape.Kind.THREAD : Shape.Kind.OBJECT;
    }
}
