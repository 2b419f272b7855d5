package io.dataprism.kernel.supervision;

import java.util.Locale;
import java.util.Optional;

/** Whether a plugin that is down without being told to is started again by itself. */
public enum RestartPolicy {
    /** Whenever it is down: also where the first start that somebody asked for failed. */
    PERMANENT,
    /** When it failed after it had run; a first start that fails is told to whoever asked for it. */
    TRANSIENT,
    /** Never. */
    TEMPORARY;

    /**
     * Whether one that failed is started again.
     *
     * @param asked whether it failed in a start that somebody asked for, before it ever ran since
     */
    boolean restarts(boolean asked) {
        return switch (this) {
            case PERMANENT -> true;
            case TRANSIENT -> !asked;
            case TEMPORARY -> false;
        };
    }

    /** The word in manifests and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy that a word names. */
    public static Optional<RestartPolicy> of(String label) {
        for (RestartPolicy policy : values()) {
            if (policy.label().equals(label)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
