package io.dataprism.sandbox;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/** Caches of the JVM that hold the last plugin which happened to fill them. */
public final class JvmCaches {
    private JvmCaches() {}

    private record Filler(String value) {}

    /**
     * Put something of our own in their place. Up to Java 18 the method handles behind {@code hashCode}, {@code equals} and {@code toString} of
     * records each keep the last type that they were adapted to.
     */
    public static void refill() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            MethodHandle value = lookup.findGetter(Filler.class, "value", String.class);
            adapt(lookup, "hashCode", MethodType.methodType(int.class, Filler.class), value);
            adapt(lookup, "equals", MethodType.methodType(boolean.class, Filler.class, Object.class), value);
            adapt(lookup, "toString", MethodType.methodType(String.class, Filler.class), value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record has a field and the JVM its methods", e);
        }
    }

    private static void adapt(MethodHandles.Lookup lookup, String method, MethodType type, MethodHandle value)
            throws ReflectiveOperationException {
        try {
            ObjectMethods.bootstrap(lookup, method, type, Filler.class, "value", value);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }
}
