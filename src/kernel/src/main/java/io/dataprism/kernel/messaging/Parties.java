package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The endpoints that are open; a caller may have several. Safe to use from any thread. */
final class Parties {
    private final Set<Party> all = ConcurrentHashMap.newKeySet();
    /** Those of the host and of users. */
    private final Set<Party> others = ConcurrentHashMap.newKeySet();

    private final Map<Caller, List<Party>> byCaller = new ConcurrentHashMap<>();

    void add(Party party) {
        all.add(party);
        if (!isPlugins(party)) {
            others.add(party);
        }
        byCaller.merge(party.caller, List.of(party), Parties::joined);
    }

    void remove(Party party) {
        all.remove(party);
        others.remove(party);
        byCaller.computeIfPresent(party.caller, (caller, held) -> {
            List<Party> left = held.stream().filter(one -> one != party).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static List<Party> joined(List<Party> held, List<Party> more) {
        return Stream.concat(held.stream(), more.stream()).toList();
    }

    private static boolean isPlugins(Party party) {
        return party.caller.kind() == Caller.Kind.PLUGIN;
    }

    /** Those of the host and of users. */
    Collection<Party> others() {
        return others;
    }

    Collection<Party> all() {
        return all;
    }

    Collection<Party> of(Caller caller) {
        return byCaller.getOrDefault(caller, List.of());
    }
}
