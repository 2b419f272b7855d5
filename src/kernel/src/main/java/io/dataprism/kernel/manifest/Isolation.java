package io.dataprism.kernel.manifest;

import java.util.Locale;

/** Where a plugin's code runs. */
public enum Isolation {
    /** On the kernel's carrier threads, through the plugin's own mailbox. For everyone. */
    WORKER,
    /** In slices on an event loop of Vert.x. For trusted plugins only: one that blocks holds up others. */
    EVENT_LOOP,
    /** Each slice on a virtual thread, where the JVM has them. For trusted plugins only: their CPU time can't be measured. */
    VIRTUAL,
    /** In a JVM of its own. For everyone. */
    PROCESS;

    /** The permission that a plugin must hold for a place that is for trusted plugins. */
    public static final String TRUST = "vertx-access";

    /** Whether it is for trusted plugins only. */
    public boolean isForTrusted() {
        return this == EVENT_LOOP || this == VIRTUAL;
    }

    /** The word in the manifest, for example {@code event-loop}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
