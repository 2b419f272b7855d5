package io.dataprism.it.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checked-out tree that these tests look over. */
final class Repository {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "out", "data", ".idea");

    /** The folder with the root pom. */
    static final Path ROOT = root();

    private Repository() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Every document: the Markdown files at the root, under docs, and beside the plugins. */
    static List<Path> documents() {
        return files(ROOT, ".md");
    }

    /** Every Java file of the product, its tests left out. */
    static List<Path> sources() {
        return files(ROOT, ".java").stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .toList();
    }

    /** The same, and the JSON Schemas, which name the codes of what they refuse. */
    static List<Path> sourcesAndSchemas() {
        return Stream.concat(
                        sources().stream(),
                        files(ROOT, ".schema.json").stream()
                                .filter(file -> file.toString().contains("/src/main/")))
                .toList();
    }

    /** Every Java file under a module's tests. */
    static List<Path> tests() {
        return files(ROOT, ".java").stream()
                .filter(file -> file.toString().contains("/src/test/java/"))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a failure names {@code file}. */
    static String shown(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static List<Path> files(Path folder, String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(dir.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.getFileName().toString().endsWith(suffix)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }
}
