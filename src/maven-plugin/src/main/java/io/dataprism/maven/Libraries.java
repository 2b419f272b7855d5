package io.dataprism.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The jars that travel in a plugin's jar: its runtime dependencies without what every node provides. */
final class Libraries {
    private static final List<String> PROVIDED =
            List.of("io.dataprism:dataprism-plugin-api", "io.vertx:vertx-core", "io.netty:*", "org.jspecify:jspecify");

    private final List<String> excludes;

    Libraries(List<String> excludes) {
        this.excludes = List.copyOf(excludes);
    }

    /** Copy them into {@code folder}, from which jars that are needed no more are removed. How many there are. */
    int copy(Collection<Library> libraries, Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        for (Library library : libraries) {
            if (Stream.concat(PROVIDED.stream(), excludes.stream()).noneMatch(library::isMeantBy)) {
                Files.createDirectories(folder);
                Files.copy(library.file(), folder.resolve(library.fileName()), StandardCopyOption.REPLACE_EXISTING);
                names.add(library.fileName());
            }
        }
        removeOthers(folder, names);
        return names.size();
    }

    private static void removeOthers(Path folder, Set<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".jar") && !names.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }
}
