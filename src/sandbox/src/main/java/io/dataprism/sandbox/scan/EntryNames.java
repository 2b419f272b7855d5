package io.dataprism.sandbox.scan;

import java.util.List;

/** Names of a jar's entries. */
public final class EntryNames {
    private EntryNames() {}

    /** Whether a name, unpacked, could land outside of the folder that it is unpacked into. */
    public static boolean leadsOut(String name) {
        String slashed = name.replace('\\', '/');
        return slashed.startsWith("/")
                || slashed.matches("^[A-Za-z]:.*")
                || slashed.indexOf('\0') >= 0
                || List.of(slashed.split("/")).contains("..");
    }
}
