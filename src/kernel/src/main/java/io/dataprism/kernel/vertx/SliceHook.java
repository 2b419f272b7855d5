package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;

/**
 * Sees each slice of one mailbox, mostly on the thread that runs it: where meters, throttle and watchdog sit. Called once a slice (about 100 µs)
 * and not once a message, so it may cost a microsecond. Must not throw, block, or run a plugin's code.
 */
public interface SliceHook {
    /** Sees nothing, and costs nothing. */
    SliceHook NONE = new SliceHook() {};

    /** The mailbox was idle, and something was put into it. On any thread, before the slice. */
    default void ready() {}

    /** A slice begins. */
    default void began() {}

    /** It ended after {@code nanos}, on the same thread. */
    default void ended(long nanos) {}

    /** This one and {@code inner}, which sees less: begun later, ended earlier. */
    default SliceHook and(SliceHook inner) {
        SliceHook outer = this;
        if (outer == NONE) {
            return inner;
        }
        if (inner == NONE) {
            return outer;
        }
        return new SliceHook() {
            @Override
            public void ready() {
                outer.ready();
                inner.ready();
            }

            @Override
            public void began() {
                outer.began();
                inner.began();
            }

            @Override
            public void ended(long nanos) {
                inner.ended(nanos);
                outer.ended(nanos);
            }
        };
    }

    /** Gives each plugin its hook, when it is deployed. */
    @FunctionalInterface
    interface Source {
        SliceHook of(PluginId plugin);
    }
}
