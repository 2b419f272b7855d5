package io.dataprism.kernel.lifecycle;

import java.time.Duration;
import java.util.Locale;

/** A step of a plugin's life that runs code of the plugin, or waits for it. */
enum Step {
    LOAD,
    INITIALIZE,
    CAPABILITIES,
    START,
    CONFIGURE,
    /** While it runs. */
    RUN,
    DRAIN,
    STOP,
    DESTROY;

    /** The word in messages, for example {@code initialize}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its deadline is called, in the manifest and in the node's configuration. */
    String limit() {
        return switch (this) {
            case CAPABILITIES, CONFIGURE -> INITIALIZE.label();
            default -> label();
        };
    }

    /** Its deadline where nobody says anything. */
    Duration usual() {
        return switch (this) {
            case LOAD, INITIALIZE, CAPABILITIES, CONFIGURE, START, RUN -> Duration.ofSeconds(30);
            case DRAIN, STOP, DESTROY -> Duration.ofSeconds(10);
        };
    }

    /** Whether a manifest has a word in its deadline. */
    boolean isInManifest() {
        return this != LOAD && this != DRAIN && this != RUN;
    }
}
