package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;

/**
 * Sees each slice of one mailbox, on the thread that runs it: where meters, throttle and watchdog sit. Called once a slice (about 100 µs)
 * and not once a message, so it may cost a microsecond. Must not throw, block, or run a plugin's code.
 */
public interface SliceHook {
    /** Sees nothing, and costs nothing. */
    SliceHook NONE = new SliceHook() {};

    /** A slice begins. */
    default void began() {}

    /** It ended after {@code nanos}, on the same thread. */
    default void ended(long nanos) {}

    /** Gives each plugin its hook, when it is deployed. */
    @FunctionalInterface
    interface Source {
        SliceHook of(PluginId plugin);
    }
}
