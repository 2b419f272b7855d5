package io.dataprism.kernel.admission;

import java.util.Locale;

/**
 * What becomes of a plugin for which nobody vouches, on a node whose sandbox has one layer only: where it is sandboxed and its JVM was started without the
 * agent. With both layers, and where there is no sandbox at all, it makes no difference.
 */
public enum Untrusted {
    /** It is started, and what it was granted for a way around the checks leads past them. */
    ALLOW,
    /** It is not started. */
    REFUSE;

    /** As the configuration writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
