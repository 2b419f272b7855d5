package io.dataprism.kernel.supervision;

import java.util.Locale;
import java.util.Optional;

/** Who is started again with a plugin that failed. */
public enum RestartStrategy {
    /** It alone; what depends on it runs on, unless it uses packages that this one exports, or this one does not come back. */
    ONE_FOR_ONE,
    /** It, and all that was started after it and depends on it: down in reverse order, up in order. */
    REST_FOR_ONE;

    /** The word in manifests and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The strategy that a word names. */
    public static Optional<RestartStrategy> of(String label) {
        for (RestartStrategy strategy : values()) {
            if (strategy.label().equals(label)) {
                return Optional.of(strategy);
            }
        }
        return Optional.empty();
    }
}
