package io.dataprism.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;

/** Caches of the JVM that hold the last plugin which happened to fill them. */
public final class JvmCaches {
    private JvmCaches() {}

    /**
     * Put something of our own in their place. The method handles behind {@code hashCode} and {@code equals} of records each keep the last type
     * that they were adapted to: up to Java 18 for good, from 19 on softly where its class loader may go, which holds it as long as there is
     * memory. So it must be a type of a loader that may go.
     */
    public static void refill() {
        try {
            Constructor<?> made =
                    new Throwaway().loadClass(CacheFiller.class.getName()).getDeclaredConstructor();
            made.setAccessible(true);
            ((Runnable) made.newInstance()).run();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This module's own class can't be loaded a second time", e);
        }
    }

    /** Has copies of this module's filler, and the JDK's classes. */
    private static final class Throwaway extends ClassLoader {
        Throwaway() {
            super("cache-filler", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream code = JvmCaches.class.getResourceAsStream(file)) {
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
