package io.dataprism.app.conf;

import java.util.Set;
import java.util.TreeSet;

/** The places, as JSON pointers, of values that can't be checked, since a reference in them leads to nothing here. */
final class Unknown {
    private final Set<String> pointers = new TreeSet<>();

    void add(String pointer) {
        pointers.add(pointer);
    }

    /** Whether the value at {@code pointer}, or one in it, is such a value. */
    boolean holds(String pointer) {
        return pointers.stream().anyMatch(known -> known.equals(pointer) || known.startsWith(pointer + "/"));
    }

    /** Whether {@code message} speaks of such a value below {@code pointer}, by its path from there. */
    boolean isMeant(String message, String pointer) {
        return pointers.stream()
                .filter(known -> known.startsWith(pointer + "/"))
                .map(known -> known.substring(pointer.length() + 1))
                .anyMatch(path -> message.contains(
                        "'" + path.replaceAll("/(\\d+)", "[$1]").replace('/', '.') + "'"));
    }
}
