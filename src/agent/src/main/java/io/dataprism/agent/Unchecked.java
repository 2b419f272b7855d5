package io.dataprism.agent;

import io.dataprism.sandbox.classfile.MemberReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
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
        try (InputStream stream = Objects.requireNonNull(Unchecked.class.getResourceAsStream("unchecked.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    members.add(line.strip().split(" ", 2)[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
