package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is admitted to a channel, in the order of admission, and who of them takes part on this node, by label. A channel that was closed admits nobody.
 * Immutable: each message reads it, and few things change it.
 */
record Roll(Set<String> admitted, Map<String, List<Member>> members) {
    private static final int MOST = 10_000;

    /** Of a channel that is closed. */
    static final Roll CLOSED = new Roll(Set.of(), Map.of());

    /**
     * Whether one more may be admitted beside {@code admitted}: each change of a roll copies it, and each look of the operator shows it.
     *
     * @throws PluginException {@code DP-0411} where that is too many
     */
    static void requireRoom(int admitted) {
        if (admitted >= MOST) {
            throw new PluginException(
                    "DP-0411",
                    "A channel has " + MOST + " participants at most. Expel those that are gone, or publish an event.");
        }
    }

    static Roll of(String owner, Set<String> participants) {
        Set<String> admitted = new LinkedHashSet<>();
        admitted.add(owner);
        admitted.addAll(participants);
        return new Roll(admitted, Map.of());
    }

    boolean isClosed() {
        // Who made an open one is admitted always.
        return admitted.isEmpty();
    }

    boolean admits(String label) {
        return admitted.contains(label);
    }

    /** Those of {@code label} that take part. */
    List<Member> of(String label) {
        return members.getOrDefault(label, List.of());
    }

    /** All that take part. */
    List<Member> all() {
        List<Member> all = new ArrayList<>();
        members.values().forEach(all::addAll);
        return all;
    }

    Roll withAdmitted(String label) {
        Set<String> more = new LinkedHashSet<>(admitted);
        more.add(label);
        return new Roll(more, members);
    }

    /** Without {@code label}'s admission; whoever takes part by it stays. */
    Roll withoutAdmitted(String label) {
        Set<String> fewer = new LinkedHashSet<>(admitted);
        fewer.remove(label);
        return new Roll(fewer, members);
    }

    Roll with(Member member) {
        List<Member> more = new ArrayList<>(of(member.label));
        more.add(member);
        return with(member.label, more);
    }

    Roll without(Member member) {
        List<Member> fewer = new ArrayList<>(of(member.label));
        fewer.remove(member);
        return with(member.label, fewer);
    }

    /** Without all of {@code label} that take part. */
    Roll withoutAll(String label) {
        return with(label, List.of());
    }

    private Roll with(String label, List<Member> those) {
        Map<String, List<Member>> changed = new HashMap<>(members);
        if (those.isEmpty()) {
            changed.remove(label);
        } else {
            changed.put(label, List.copyOf(those));
        }
        return new Roll(admitted, changed);
    }
}
