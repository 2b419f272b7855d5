package io.dataprism.sandbox.census;

import io.dataprism.sandbox.PluginClassLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JVM's threads, what they keep, and whose they are; no method is called that a plugin may have written. */
final class ThreadFields {
    private static final int SOME = 256;
    private static final long LOADER = RawMemory.offset(Thread.class, "contextClassLoader");
    private static final long LOCALS = RawMemory.offset(Thread.class, "threadLocals");
    private static final long INHERITED = RawMemory.offset(Thread.class, "inheritableThreadLocals");
    private static final Class<?> MAP = nested("java.lang.ThreadLocal$ThreadLocalMap");
    private static final long TABLE = RawMemory.offset(MAP, "table");
    private static final long VALUE = RawMemory.offset(nested("java.lang.ThreadLocal$ThreadLocalMap$Entry"), "value");
    private static final long KEY = RawMemory.offset(Reference.class, "referent");
    private static final @Nullable MethodHandle LISTING = listing();

    private ThreadFields() {}

    private static Class<?> nested(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("This JDK has no " + name + " as is known here", e);
        }
    }

    /** The JVM's own list; no thread group is asked, nor its monitor waited for, which a plugin may have made or may hold. */
    private static @Nullable MethodHandle listing() {
        if (!RawMemory.isOpen()) {
            return null;
        }
        try {
            Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
            return RawMemory.readStatic(trusted) instanceof MethodHandles.Lookup lookup
                    ? lookup.findStatic(Thread.class, "getThreads", MethodType.methodType(Thread[].class))
                    : null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JDK has no list of threads as is known here", e);
        }
    }

    /** All that live, of platform threads. */
    static List<Thread> all() {
        if (LISTING == null) {
            return enumerated();
        }
        try {
            return List.of((Thread[]) LISTING.invokeExact());
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Threads can't be listed", e);
        }
    }

    /** The same where memory can't be read: calls nothing that a group may have written, but waits for each one's monitor on JDK 17. */
    private static List<Thread> enumerated() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] found = new Thread[SOME];
        int count = group.enumerate(found);
        while (count == found.length) {
            found = new Thread[2 * found.length];
            count = group.enumerate(found);
        }
        return List.of(Arrays.copyOf(found, count));
    }

    /** Those among {@code all} that a plugin made. */
    static Set<Thread> madeBy(Set<PluginClassLoader> loaders, List<Thread> all) {
        // By identity: what a thread says of its own equality may be a plugin's code.
        Set<Thread> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Thread thread : all) {
            if (isMadeBy(loaders, thread)) {
                made.add(thread);
            }
        }
        return made;
    }

    /** Whether a plugin made {@code thread}: it is of a class of its, or has its loader and is not of one of the node's kinds. */
    static boolean isMadeBy(Set<PluginClassLoader> loaders, Thread thread) {
        ClassLoader kind = thread.getClass().getClassLoader();
        return kind == null
                ? RawMemory.read(thread, LOADER) instanceof PluginClassLoader context && loaders.contains(context)
                : kind instanceof PluginClassLoader && loaders.contains(kind);
    }

    /** What one thread keeps for whoever has the key. */
    record Local(Thread thread, Object key, Object value) {}

    static List<Local> locals(List<Thread> all) {
        List<Local> locals = new ArrayList<>();
        for (Thread thread : all) {
            add(thread, RawMemory.read(thread, LOCALS), locals);
            add(thread, RawMemory.read(thread, INHERITED), locals);
        }
        return locals;
    }

    private static void add(Thread thread, @Nullable Object map, List<Local> to) {
        if (map != null && RawMemory.read(map, TABLE) instanceof @Nullable Object[] table) {
            for (Object entry : table) {
                Object key = entry == null ? null : RawMemory.read(entry, KEY);
                Object value = entry == null ? null : RawMemory.read(entry, VALUE);
                if (key != null && value != null) {
                    to.add(new Local(thread, key, value));
                }
            }
        }
    }
}
