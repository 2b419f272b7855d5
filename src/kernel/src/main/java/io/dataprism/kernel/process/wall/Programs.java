package io.dataprism.kernel.process.wall;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs of the system are: in its own folders first, whatever the search path of whoever started the kernel says. */
final class Programs {
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    private Programs() {}

    static Optional<String> find(String name) {
        return Stream.concat(FOLDERS.stream(), searched())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static Stream<String> searched() {
        String path = System.getenv("PATH");
        return path == null
                ? Stream.empty()
                : Stream.of(path.split(File.pathSeparator)).filter(folder -> folder.startsWith("/"));
    }
}
