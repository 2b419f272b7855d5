package io.dataprism.sandbox;

/**
 * A class that a plugin named and may not have, or that is not there. In linked code the JVM wraps it into a {@link
 * NoClassDefFoundError}, with this as the cause.
 */
public final class BlockedClassException extends ClassNotFoundException {
    private static final long serialVersionUID = 1L;

    BlockedClassException(String plugin, String className, String reason) {
        super(plugin + " cannot use class " + className + ": " + reason + ".");
    }
}
