package io.dataprism.agent;

import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/** Puts a class among the JDK's, in {@code java.lang}. Loaded by a loader of its own, see {@link Hook}. */
public final class Definer implements Consumer<byte[]> {
    @Override
    public void accept(byte[] code) {
        try {
            Class<?> made = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                    .defineClass(code);
            Class.forName(made.getName(), true, null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The JDK takes no class of the agent's: " + e, e);
        }
    }
}
