package io.dataprism.sandbox.census;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Fields as they are in memory, of whatever class: nothing is called, checked or initialized. By the JDK's own means, since the public ones refuse hidden
 * classes and records; those are open to this module where the agent or the command line says so. Safe to use from any thread.
 */
final class RawMemory {
    /** The package of the JDK that has to be exported to this one. */
    static final String PACKAGE = "jdk.internal.misc";

    private static final @Nullable Object MEANS = means();
    private static final MethodHandle READ = handle("getReference", Object.class, Object.class, long.class);
    private static final MethodHandle OFFSET = handle("objectFieldOffset", long.class, Field.class);
    private static final MethodHandle NAMED = handle("objectFieldOffset", long.class, Class.class, String.class);
    private static final MethodHandle STATIC_OFFSET = handle("staticFieldOffset", long.class, Field.class);
    private static final MethodHandle STATIC_BASE = handle("staticFieldBase", Object.class, Field.class);
    /** An {@code int} up to JDK 24. */
    private static final MethodHandle ARRAY_BASE = eitherHandle("arrayBaseOffset", int.class, long.class, Class.class);

    private static final MethodHandle ARRAY_SCALE = handle("arrayIndexScale", int.class, Class.class);

    /** Bytes that a reference takes. */
    static final int REFERENCE = isOpen() ? arrayScale(Object[].class) : Long.BYTES;
    /** Bytes of an object before its first field. */
    static final int HEADER = isOpen() ? arrayBase(byte[].class) - Integer.BYTES : 2 * Long.BYTES;

    private RawMemory() {}

    /** Whether it can be used at all. */
    static boolean isOpen() {
        return MEANS != null;
    }

    private static @Nullable Object means() {
        try {
            Class<?> type = Class.forName(PACKAGE + ".Unsafe");
            return MethodHandles.lookup()
                    .findStatic(type, "getUnsafe", MethodType.methodType(type))
                    .invoke();
        } catch (IllegalAccessException e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("This JDK has no " + PACKAGE + ".Unsafe as is known here", e);
        }
    }

    /** A method that gives {@code narrow} or, in another release, {@code wide}. */
    private static MethodHandle eitherHandle(String name, Class<?> narrow, Class<?> wide, Class<?> parameter) {
        MethodType type = MethodType.methodType(wide, parameter);
        if (MEANS == null) {
            return MethodHandles.empty(type);
        }
        try {
            return MethodHandles.lookup()
                    .findVirtual(MEANS.getClass(), name, type.changeReturnType(narrow))
                    .bindTo(MEANS)
                    .asType(type);
        } catch (NoSuchMethodException otherRelease) {
            return handle(name, wide, parameter);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("This JDK has no Unsafe." + name + " as is known here", e);
        }
    }

    private static MethodHandle handle(String name, Class<?> result, Class<?>... parameters) {
        MethodType type = MethodType.methodType(result, parameters);
        if (MEANS == null) {
            return MethodHandles.empty(type);
        }
        try {
            return MethodHandles.lookup()
                    .findVirtual(MEANS.getClass(), name, type)
                    .bindTo(MEANS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JDK has no Unsafe." + name + " as is known here", e);
        }
    }

    /** The reference that stands {@code at} in {@code object}. There must be one. */
    static @Nullable Object read(Object object, long at) {
        try {
            return (Object) READ.invokeExact(object, at);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Where a field stands that is not static. */
    static long offset(Field field) {
        try {
            return (long) OFFSET.invokeExact(field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The same of a field of the JDK's that reflection does not show. */
    static long offset(Class<?> type, String field) {
        try {
            return (long) NAMED.invokeExact(type, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What a static field of a reference's type holds; its class is not initialized for that. */
    static @Nullable Object readStatic(Field field) {
        try {
            Object base = (Object) STATIC_BASE.invokeExact(field);
            long at = (long) STATIC_OFFSET.invokeExact(field);
            return read(base, at);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Bytes of an array before its first element. */
    static int arrayBase(Class<?> type) {
        try {
            return (int) (long) ARRAY_BASE.invokeExact(type);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Bytes of an element of an array. */
    static int arrayScale(Class<?> type) {
        try {
            return (int) ARRAY_SCALE.invokeExact(type);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("Memory can't be read", e);
    }
}
