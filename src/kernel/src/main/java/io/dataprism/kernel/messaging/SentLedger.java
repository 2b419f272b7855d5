package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what all endpoints of a caller were allowed to send, those that ended meanwhile too. Safe to use from any thread. */
final class SentLedger {
    /** Of more callers than that, those that came late are counted as the host's. */
    private static final int MOST_CALLERS = 20_000;

    private final Map<Caller, Map<SentCounts.Kind, Long>> ended = new HashMap<>();

    /** {@code party} sends nothing any more. */
    synchronized void ended(Party party) {
        add(party);
    }

    private void add(Party party) {
        for (SentCounts.Kind kind : SentCounts.Kind.values()) {
            long count = party.sentCounts().take(kind);
            if (count > 0) {
                Caller whose =
                        ended.containsKey(party.caller) || ended.size() < MOST_CALLERS ? party.caller : Caller.HOST;
                ended.computeIfAbsent(whose, any -> new EnumMap<>(SentCounts.Kind.class))
                        .merge(kind, count, Long::sum);
            }
        }
    }

    /** What was sent since this was asked last. */
    synchronized List<Sent> take(Collection<Party> open) {
        open.forEach(this::add);
        List<Sent> all = new ArrayList<>();
        ended.forEach((who, counts) -> counts.forEach((kind, count) -> all.add(new Sent(who, kind.permission, count))));
        ended.clear();
        return all;
    }
}
