package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.Limits;
import java.time.Duration;
import java.util.Locale;

/** A step of a plugin's life that runs code of the plugin, or waits for it. */
enum Step {
    LOAD,
    INITIALIZE,
    CAPABILITIES,
    START,
    CONFIGURE,
    DRAIN,
    STOP,
    DESTROY;

    /** The word in messages, for example {@code initialize}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lower of what the plugin's author and the node allow. */
    Duration deadline(Limits.Steps author, StepDeadlines node) {
        return switch (this) {
            case LOAD -> node.load();
            case INITIALIZE, CAPABILITIES, CONFIGURE -> lower(author.initialize(), node.initialize());
            case START -> lower(author.start(), node.start());
            case DRAIN -> node.drain();
            case STOP -> lower(author.stop(), node.stop());
            case DESTROY -> lower(author.destroy(), node.destroy());
        };
    }

    private static Duration lower(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
