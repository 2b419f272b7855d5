package io.dataprism.sandbox.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A walk from types to their supertypes, nearer ones first, each once: what is said to extend itself ends all the same. */
public final class Supertypes {
    /** Many more than any type has. */
    static final int MOST = 2_000;

    private final Set<String> seen = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    /** A walk that begins at {@code first}. */
    public Supertypes(String first) {
        this(List.of(first));
    }

    /** A walk that begins at {@code first}, in their order. */
    public Supertypes(List<String> first) {
        add(first);
    }

    /** Go on to these, too. */
    public void add(List<String> supertypes) {
        for (String type : supertypes) {
            if (seen.add(type)) {
                open.add(type);
            }
        }
        if (seen.size() > MOST) {
            throw new TooManyTypesException();
        }
    }

    /** The next one, of which nothing is known yet; null at the end. */
    public @Nullable String next() {
        return open.poll();
    }
}
