package io.dataprism.kernel.process.wall;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a child is to see of the machine's files, and nothing else where its wall holds. All are absolute paths of what exists.
 *
 * @param readable files and folders that it may read, the JDK and the system's libraries apart: its class path, its plugin's jar
 * @param work the folder in which it may do what it likes, and where it starts
 * @param socket of the kernel's at which it is expected; its folder holds nothing else
 */
public record ChildPlaces(List<Path> readable, Path work, Optional<Path> socket) {
    public ChildPlaces {
        readable = List.copyOf(readable);
    }
}
