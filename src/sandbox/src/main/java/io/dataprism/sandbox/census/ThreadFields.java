package io.dataprism.sandbox.census;

import io.dataprism.sandbox.PluginClassLoader;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JVM's threads, what they keep, and whose they are; no method is called that a plugin may have written. */
final class ThreadFields {
    private static final int SOME = 16;
    private static final long LOADER = RawMemory.offset(Thread.class, "contextClassLoader");
    private static final long LOCALS = RawMemory.offset(Thread.class, "threadLocals");
    private static final long INHERITED = RawMemory.offset(Thread.class, "inheritableThreadLocals");
    private static final Class<?> MAP = nested("java.lang.ThreadLocal$ThreadLocalMap");
    private static final long TABLE = RawMemory.offset(MAP, "table");
    private static final long VALUE = RawMemory.offset(nested("java.lang.ThreadLocal$ThreadLocalMap$Entry"), "value");
    private static final long KEY = RawMemory.offset(Reference.class, "referent");

    private ThreadFields() {}

    private static Class<?> nested(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("This JDK has no " + name + " as is known here", e);
        }
    }

    /** All that live, of platform threads. */
    static List<Thread> all() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] found = new Thread[group.activeCount() + SOME];
        int count = group.enumerate(found);
        while (count == found.length) {
            found = new Thread[2 * found.length];
            count = group.enumerate(found);
        }
        return List.of(Arrays.copyOf(found, count));
    }

    /** Those among {@code all} that a plugin made: of a class of its, or with its loader, and not of one of the node's kinds. */
    static Set<Thread> madeBy(Set<PluginClassLoader> loaders, List<Thread> all) {
        // By identity: what a thread says of its own equality may be a plugin's code.
        Set<Thread> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Thread thread : all) {
            ClassLoader kind = thread.getClass().getClassLoader();
            boolean plain = kind == null
                    && RawMemory.read(thread, LOADER) instanceof PluginClassLoader context
                    && loaders.contains(context);
            if (plain || (kind instanceof PluginClassLoader && loaders.contains(kind))) {
                made.add(thread);
            }
        }
        return made;
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
