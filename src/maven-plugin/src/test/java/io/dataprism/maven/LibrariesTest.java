package io.dataprism.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    @TempDir
    Path folder;

    private Library library(String group, String artifact, String... classifier) throws IOException {
        Path jar = Files.writeString(folder.resolve(artifact + ".jar"), artifact);
        return new Library(group, artifact, "1.0", Stream.of(classifier).findFirst(), jar);
    }

    private Set<String> copy(List<String> excludes, Library... libraries) throws IOException {
        Path lib = folder.resolve("classes/lib");
        new Libraries(excludes).copy(List.of(libraries), lib);
        if (!Files.exists(lib)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void leavesOutWhatTheNodeProvides() throws IOException {
        assertEquals(
                Set.of("org.example.useful-1.0.jar", "io.vertx.vertx-web-1.0.jar"),
                copy(
                        List.of(),
                        library("org.example", "useful"),
                        library("io.vertx", "vertx-web"),
                        library("io.vertx", "vertx-core"),
                        library("io.netty", "netty-common"),
                        library("org.jspecify", "jspecify"),
                        library("io.dataprism", "dataprism-plugin-api")));
    }

    @Test
    void keepsArtifactsOfOneNameApart() throws IOException {
        assertEquals(
                Set.of("a.core-1.0.jar", "b.core-1.0.jar", "b.core-1.0-linux.jar"),
                copy(List.of(), library("a", "core"), library("b", "core"), library("b", "core", "linux")));
    }

    @Test
    void leavesOutWhatIsExcluded() throws IOException {
        assertEquals(
                Set.of("a.y-1.0.jar"),
                copy(List.of("a:x", "b:*"), library("a", "x"), library("a", "y"), library("b", "z")));
    }

    @Test
    void removesWhatIsNeededNoMore() throws IOException {
        copy(List.of(), library("a", "old"));
        assertEquals(Set.of("a.new-1.0.jar"), copy(List.of(), library("a", "new")));
    }

    @Test
    void aPatternWithoutColonMeansAGroup() {
        assertEquals(true, new Library("a", "b", "1", Optional.empty(), Path.of("b.jar")).isMeantBy("a"));
    }
}
