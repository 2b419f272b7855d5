package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;

/**
 * Sees what one plugin does with the kernel's threads, and holds it back: where meters, throttle and watchdog sit. Called once a slice (about 100 µs) and
 * not once a message, so it may cost a microsecond. Must not throw, block, or run a plugin's code.
 */
public interface SliceHook {
    /** Sees nothing, and costs nothing. */
    SliceHook NONE = new SliceHook() {};

    /** What {@link #hold} answers where nothing but a release ends it. */
    long FOR_GOOD = Long.MAX_VALUE;

    /** The mailbox was idle, and something was put into it. On any thread, before the slice. */
    default void ready() {}

    /** A slice begins. */
    default void began() {}

    /** It ended after {@code nanos}, on the same thread. */
    default void ended(long nanos) {}

    /** Whether {@link #used} is wanted, which costs two looks at a clock each time that it is told. */
    default boolean isMetered() {
        return false;
    }

    /**
     * Slices or blocking work used this much since it was told last, on any thread. Of short slices one after the other on a thread it is told once for
     * all, and shared among them by how long each took; virtual threads can't be metered.
     *
     * @param cpuNanos processor time
     * @param bytes allocated; 0 where the JVM does not tell
     */
    default void used(long cpuNanos, long bytes) {}

    /**
     * For how many nanoseconds no slice and no blocking work is to begin; 0 lets it. Asked before each. Whoever ends it earlier than it said calls
     * {@link PluginDeployment#release}.
     */
    default long hold() {
        return 0;
    }

    /** How many nanoseconds later than others that are ready now a slice is due. */
    default long lateness() {
        return 0;
    }

    /** This one and {@code inner}, which sees less: begun later, ended earlier. */
    default SliceHook and(SliceHook inner) {
        SliceHook outer = this;
        if (outer == NONE) {
            return inner;
        }
        return inner == NONE ? outer : new Both(outer, inner);
    }

    /** Two, one within the other. */
    record Both(SliceHook outer, SliceHook inner) implements SliceHook {
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

        @Override
        public boolean isMetered() {
            return outer.isMetered() || inner.isMetered();
        }

        @Override
        public void used(long cpuNanos, long bytes) {
            outer.used(cpuNanos, bytes);
            inner.used(cpuNanos, bytes);
        }

        @Override
        public long hold() {
            return Math.max(outer.hold(), inner.hold());
        }

        @Override
        public long lateness() {
            return Math.max(outer.lateness(), inner.lateness());
        }
    }

    /** Gives each plugin its hook, when it is deployed. */
    @FunctionalInterface
    interface Source {
        SliceHook of(PluginId plugin);
    }
}
