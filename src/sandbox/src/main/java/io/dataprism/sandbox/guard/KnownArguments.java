package io.dataprism.sandbox.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last few arguments that one call site was allowed, so that the same ones need not be asked for again: a host and a port, a property's name. Only
 * texts and numbers, which stay what they are. Good for as long as the plugin's grants stay the same. Safe to use from any thread.
 */
final class KnownArguments {
    static final int MOST = 4;

    /** Final classes of the JDK's without anything that can change. */
    private static final Set<Class<?>> CONSTANT =
            Set.of(String.class, Integer.class, Long.class, Short.class, Byte.class, Character.class, Boolean.class);

    private static final MethodHandle HAVE = haveHandle();

    /** The latest first; never changed in place. */
    private volatile Object[][] allowed = {};

    private static MethodHandle haveHandle() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(KnownArguments.class, "have", MethodType.methodType(boolean.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Takes what {@code type} takes, and tells whether it was allowed before. */
    MethodHandle test(MethodType type) {
        return HAVE.bindTo(this)
                .asCollector(Object[].class, type.parameterCount())
                .asType(type.changeReturnType(boolean.class));
    }

    /** Whether these were allowed. */
    boolean have(@Nullable Object[] values) {
        for (Object[] known : allowed) {
            if (same(known, values)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(Object[] known, @Nullable Object[] values) {
        for (int i = 0; i < known.length; i++) {
            if (!known[i].equals(values[i])) {
                return false;
            }
        }
        return true;
    }

    /** Remember that these were allowed, in place of those that were the longest time ago. */
    void add(@Nullable Object[] values) {
        Object[][] before = allowed;
        Object[][] next = Arrays.copyOf(before, Math.min(MOST, before.length + 1));
        System.arraycopy(before, 0, next, 1, next.length - 1);
        next[0] = values.clone();
        allowed = next;
    }

    /** Whether all of them are of a kind that can be remembered. */
    static boolean areConstant(@Nullable Object[] values) {
        for (Object value : values) {
            if (value == null || !CONSTANT.contains(value.getClass())) {
                return false;
            }
        }
        return true;
    }
}
