package io.dataprism.kernel.process.wall;

import java.util.Locale;

/** What keeps a child of the same machine away from its kernel, best first. */
public enum WallLevel {
    /** Namespaces of its own: it sees neither other processes nor other files nor a network. */
    BUBBLEWRAP,
    /** Rules of the system's for files and signals, and a list of system calls that it refuses; it sees that other files are there. */
    LANDLOCK,
    /** Another user, whom the system keeps from the kernel's files and processes. */
    OTHER_USER,
    /** Nothing: it can read the kernel's memory, and end it. */
    NONE;

    /** As configuration and documents write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
