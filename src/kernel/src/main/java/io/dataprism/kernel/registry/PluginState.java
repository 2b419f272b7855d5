package io.dataprism.kernel.registry;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The states of a plugin and the ways between them. */
public enum PluginState {
    /** Known, nothing of it loaded. */
    INSTALLED,
    /** Class loader, verticle and {@code initialize} under way. */
    LOADING,
    /** {@code initialize} is done, {@code start} is not. */
    INITIALIZED,
    RUNNING,
    /** Running, held back because it used more than its share. */
    THROTTLED,
    /** Not given any work for the time being. */
    SUSPENDED,
    STOPPING,
    /** Stopped in good order; nothing of it is left. */
    STOPPED,
    /** A step failed; what it had was taken back, and the cause is kept. */
    ERROR,
    /** Failed or misbehaved too often: starts only when the operator says so. */
    QUARANTINED;

    private static final Map<PluginState, Set<PluginState>> NEXT = Map.of(
            INSTALLED, EnumSet.of(LOADING, QUARANTINED),
            LOADING, EnumSet.of(INITIALIZED, STOPPING, ERROR),
            INITIALIZED, EnumSet.of(RUNNING, STOPPING, ERROR),
            RUNNING, EnumSet.of(THROTTLED, SUSPENDED, STOPPING, ERROR),
            THROTTLED, EnumSet.of(RUNNING, SUSPENDED, STOPPING, ERROR),
            SUSPENDED, EnumSet.of(RUNNING, THROTTLED, STOPPING, ERROR),
            STOPPING, EnumSet.of(STOPPED, ERROR),
            STOPPED, EnumSet.of(LOADING, INSTALLED, QUARANTINED),
            ERROR, EnumSet.of(LOADING, INSTALLED, STOPPING, QUARANTINED),
            QUARANTINED, EnumSet.of(INSTALLED, LOADING));

    public boolean mayBecome(PluginState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether it takes calls and events: running, or running under a brake. */
    public boolean isActive() {
        return this == RUNNING || this == THROTTLED;
    }

    /** The word in events, messages and the command line, for example {@code running}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state that a word names. */
    public static Optional<PluginState> of(String label) {
        for (PluginState state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
