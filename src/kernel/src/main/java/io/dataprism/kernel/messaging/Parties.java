package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The endpoints that are open; a caller may have several. Safe to use from any thread. */
final class Parties {
    private final Set<Party> all = ConcurrentHashMap.newKeySet();
    private final Map<Caller, Set<Party>> byCaller = new ConcurrentHashMap<>();

    void add(Party party) {
        all.add(party);
        byCaller.compute(party.caller, (caller, held) -> {
            Set<Party> same = held == null ? ConcurrentHashMap.newKeySet() : held;
            same.add(party);
            return same;
        });
    }

    void remove(Party party) {
        all.remove(party);
        byCaller.computeIfPresent(party.caller, (caller, held) -> {
            held.remove(party);
            return held.isEmpty() ? null : held;
        });
    }

    Collection<Party> all() {
        return all;
    }

    Collection<Party> of(Caller caller) {
        return byCaller.getOrDefault(caller, Set.of());
    }
}
