package io.dataprism.kernel.vertx;

/** Where a plugin's slices run. */
public enum SlicePlace {
    /** On the shared carriers. */
    CARRIERS,
    /** On the lane for plugins whose handlers wait: threads as needed up to a cap, so that the carriers stay free. */
    WAITING_LANE,
    /** On an event loop of Vert.x. For trusted plugins: one that does not return holds up others. */
    EVENT_LOOP,
    /** Each on a virtual thread, from Java 21 on. For trusted plugins: their CPU time can't be metered. */
    VIRTUAL_THREADS
}
