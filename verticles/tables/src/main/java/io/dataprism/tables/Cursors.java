package io.dataprism.tables;

import io.dataprism.tables.engine.BatchCursor;
import io.dataprism.tables.engine.TableProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** The readers that are open: each belongs to who opened it, and is closed when nobody has read from it for a while. Lives in the plugin's slices. */
final class Cursors {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final int MOST_EACH = 64;

    private final Clock clock;
    private final Map<String, Open> open = new HashMap<>();
    /** How many are on their way to be opened, by caller: they count, so that opening many at once passes no limit. */
    private final Map<String, Integer> opening = new HashMap<>();

    Cursors(Clock clock) {
        this.clock = clock;
    }

    private record Open(BatchCursor cursor, String caller, Instant used) {}

    /** Keep room for one reader more; fails where {@code caller} has too many. To be followed by {@link #leaveRoom}. */
    void takeRoom(String caller) {
        long held = opening.getOrDefault(caller, 0)
                + open.values().stream()
                        .filter(one -> one.caller().equals(caller))
                        .count();
        if (held >= MOST_EACH) {
            throw TableProblem.FULL.failure("Tables: '" + caller + "' has " + held
                    + " readers open, which is the most. Close those that are read to the end or not needed.");
        }
        opening.merge(caller, 1, Integer::sum);
    }

    /** The reader that room was taken for was put here, or did not open. */
    void leaveRoom(String caller) {
        opening.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }

    String put(BatchCursor cursor, String caller) {
        String id = UUID.randomUUID().toString();
        open.put(id, new Open(cursor, caller, clock.instant()));
        return id;
    }

    BatchCursor get(String id, String caller) {
        Open found = open.get(id);
        if (found == null || !found.caller().equals(caller)) {
            throw TableProblem.NO_SUCH_TABLE.failure("Tables: '" + caller
                    + "' has no such reader open: it ended, or nobody read from it for " + IDLE.toMinutes()
                    + " minutes. Open it again.");
        }
        open.put(id, new Open(found.cursor(), caller, clock.instant()));
        return found.cursor();
    }

    /** Forget a reader of {@code caller}; empty where it is gone already. */
    List<BatchCursor> remove(String id, String caller) {
        Open found = open.get(id);
        if (found == null || !found.caller().equals(caller)) {
            return List.of();
        }
        open.remove(id);
        return List.of(found.cursor());
    }

    List<BatchCursor> removeOf(String caller) {
        return removeIf(one -> one.caller().equals(caller));
    }

    List<BatchCursor> removeIdle() {
        Instant limit = clock.instant().minus(IDLE);
        return removeIf(one -> one.used().isBefore(limit));
    }

    private List<BatchCursor> removeIf(Predicate<Open> condition) {
        List<BatchCursor> removed = new ArrayList<>();
        open.values().removeIf(one -> {
            boolean ends = condition.test(one);
            if (ends) {
                removed.add(one.cursor());
            }
            return ends;
        });
        return removed;
    }
}
