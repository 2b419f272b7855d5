package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Counts what receivers had taken when they ended, by kind and sender, and tells it in one piece: a full mailbox is thousands of messages.
 * Safe to use from any thread.
 */
final class Losses {
    private static final int MOST_KEYS = 1_000;
    private static final String OTHERS = "others";
    private static final int REMEMBERED = 1_000;

    private final Consumer<Runnable> soon;
    private final Consumer<Loss> told;
    // Guarded by this.
    private final Map<Caller, Map<Key, Long>> open = new HashMap<>();
    private final Map<Caller, Loss> last = new HashMap<>();

    private record Key(MessageKind kind, String where, String from) {}

    /**
     * @param soon runs something in a moment, once what is lost together is
     * @param told is told of each loss, under no lock
     */
    Losses(Consumer<Runnable> soon, Consumer<Loss> told) {
        this.soon = soon;
        this.told = told;
    }

    void add(Caller receiver, MessageKind kind, String where, String from) {
        boolean first;
        synchronized (this) {
            first = open.isEmpty();
            Map<Key, Long> counts = open.computeIfAbsent(receiver, any -> new HashMap<>());
            Key key = new Key(kind, where, from);
            counts.merge(
                    counts.size() < MOST_KEYS || counts.containsKey(key) ? key : new Key(kind, OTHERS, OTHERS),
                    1L,
                    Long::sum);
        }
        if (first) {
            soon.accept(this::tell);
        }
    }

    /** Tell all that is open now. */
    void tell() {
        List<Loss> all = new ArrayList<>();
        synchronized (this) {
            open.forEach((who, counts) -> all.add(loss(who, counts)));
            open.clear();
            if (last.size() < REMEMBERED) {
                all.forEach(loss -> last.put(loss.who(), loss));
            }
        }
        all.forEach(told);
    }

    private static Loss loss(Caller who, Map<Key, Long> counts) {
        return new Loss(
                who,
                counts.entrySet().stream()
                        .map(entry -> new Loss.Part(
                                entry.getKey().kind(),
                                entry.getKey().where(),
                                entry.getKey().from(),
                                entry.getValue()))
                        .sorted(Comparator.comparingLong(Loss.Part::count)
                                .reversed()
                                .thenComparing(Loss.Part::where)
                                .thenComparing(Loss.Part::from))
                        .toList());
    }

    /** What {@code who} lost when it ended last. */
    synchronized Optional<Loss> last(Caller who) {
        return Optional.ofNullable(last.get(who));
    }

    /** {@code who} is unloaded. */
    synchronized void forget(Caller who) {
        last.remove(who);
    }
}
