package io.dataprism.charts.engine;

import java.lang.reflect.Field;
import org.graalvm.polyglot.Engine;

/**
 * GraalVM's shutdown hook, which closes engines when the JVM ends. It cannot be taken back and would keep this plugin's class loader, with
 * all of GraalJS in it, after each unload; and it is not needed, since the pool closes its engine.
 */
final class ShutdownHook {
    /** Of {@link Engine}, in 24.2: whether the hook is there already. */
    private static final String REGISTERED = "shutdownHookInitialized";

    private ShutdownHook() {}

    /**
     * Make GraalVM believe that it is registered. To be called before the first engine is made.
     *
     * @throws IllegalStateException where this version of GraalVM has no such field: then this class needs another way
     */
    static void leaveOut() {
        try {
            Field registered = Engine.class.getDeclaredField(REGISTERED);
            registered.setAccessible(true);
            registered.setBoolean(null, true);
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new IllegalStateException(
                    "GraalVM's Engine has no field " + REGISTERED
                            + " in this version, so that its shutdown hook would keep this plugin in memory",
                    e);
        }
    }
}
