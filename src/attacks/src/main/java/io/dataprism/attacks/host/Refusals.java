package io.dataprism.attacks.host;

import org.jspecify.annotations.Nullable;

/** Tells a refusal from an accident. */
final class Refusals {
    private Refusals() {}

    /** Whether somebody said no: the sandbox, or the JVM's own rules of access. */
    static boolean isOne(Throwable failure) {
        for (Throwable at = failure; at != null; at = cause(at)) {
            if (at instanceof SecurityException
                    || at instanceof IllegalAccessException
                    || at instanceof ClassNotFoundException
                    || at instanceof NoClassDefFoundError
                    || at instanceof IllegalCallerException
                    || at instanceof java.lang.reflect.InaccessibleObjectException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable cause(Throwable at) {
        return at.getCause() == at ? null : at.getCause();
    }

    static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable at = failure; at != null && words.length() < 1_000; at = cause(at)) {
            words.append(words.isEmpty() ? "" : " < ")
                    .append(at.getClass().getSimpleName())
                    .append(": ")
                    .append(at.getMessage());
        }
        return words.toString();
    }
}
