package io.dataprism.tables;

import io.dataprism.tables.engine.TableProblem;
import java.util.HashMap;
import java.util.Map;

/** How many readers each caller has open, or on their way to be: opening many at once passes no limit. Lives in the plugin's slices. */
final class Readers {
    private static final int MOST_EACH = 64;

    private final Map<String, Integer> open = new HashMap<>();

    /** Count one reader more; fails where {@code caller} has too many. To be followed by {@link #left}. */
    void opens(String caller) {
        int held = open.getOrDefault(caller, 0);
        if (held >= MOST_EACH) {
            throw TableProblem.FULL.failure("Tables: '" + caller + "' has " + held
                    + " readers open, which is the most. Close those that are not read to the end.");
        }
        open.put(caller, held + 1);
    }

    /** It was closed, or did not open. */
    void left(String caller) {
        open.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }
}
