package io.dataprism.agent;

import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.ResourceLines;
import java.util.HashSet;
import java.util.Set;

/**
 * The methods that have a rule and yet are not checked by the JDK itself, as {@code unchecked.txt} has them, each with its reason: the first layer alone
 * checks their calls. Immutable.
 */
final class Unchecked {
    private final Set<String> members;

    private Unchecked(Set<String> members) {
        this.members = Set.copyOf(members);
    }

    static Unchecked read() {
        Set<String> members = new HashSet<>();
        for (String line : ResourceLines.of(Unchecked.class, "unchecked.txt")) {
            members.add(line.split(" ", 2)[0]);
        }
        return new Unchecked(members);
    }

    boolean contains(MemberReference method) {
        String type = method.owner().replace('/', '.');
        return members.contains(type) || members.contains(type + "." + method.name());
    }

    /** Whether it is a type none of whose methods is checked. */
    boolean contains(String type) {
        return members.contains(type);
    }
}
