package io.dataprism.kernel.process.wall;

import java.util.List;

/**
 * A command behind a wall.
 *
 * @param line what is to be started
 * @param connected whether the program finds its connection to the kernel's socket made already, as its standard input ({@link System#inheritedChannel}), and what
 *     was standard input at descriptor 3 ({@link #TOLD}): it can connect nothing itself
 */
public record WalledCommand(List<String> line, boolean connected) {
    /** Where a program that is {@link #connected} reads what the kernel writes to its standard input. */
    public static final String TOLD = "/dev/fd/3";

    public WalledCommand {
        line = List.copyOf(line);
    }
}
