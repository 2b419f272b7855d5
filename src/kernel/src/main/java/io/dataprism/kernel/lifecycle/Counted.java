package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.resource.Measured;

/**
 * What one life of a plugin was found to have. Counting takes a while, in which a plugin may be started anew or replaced: what is next to have its id did
 * nothing of that.
 */
record Counted(HostedPlugin life, Measured measured) {

    /** Whether {@code slot} hosts what was counted still. */
    boolean isOf(PluginSlot slot) {
        return slot.hosted == life;
    }
}
