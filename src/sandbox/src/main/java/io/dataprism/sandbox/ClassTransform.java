package io.dataprism.sandbox;

/** What a plugin's class passes on its way into the JVM. Called at most once a class, from several threads at a time. */
@FunctionalInterface
public interface ClassTransform {
    /** Leaves every class as it is. */
    ClassTransform NONE = (className, bytes) -> bytes;

    /**
     * The bytes to define.
     *
     * @param className the binary name, with dots
     * @param bytes as they are in the artifact; not to be changed in place
     * @throws ClassNotFoundException to refuse the class; the message says why
     */
    byte[] apply(String className, byte[] bytes) throws ClassNotFoundException;
}
