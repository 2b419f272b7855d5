package io.dataprism.charts;

import io.dataprism.tables.TablesPlugin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** The plugin {@code tables} as an artifact, put together from the test's class path. */
final class TablesArtifact {
    private TablesArtifact() {}

    /** A jar as it was packaged, or a folder made in {@code folder} where the build has not come to packaging yet. */
    static Path in(Path folder) throws IOException {
        Path classes = source(TablesPlugin.class);
        if (Files.isRegularFile(classes)) {
            return classes;
        }
        Path artifact = folder.resolve("tables");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, artifact.resolve(classes.relativize(file).toString()));
            }
        }
        Path driver = source(DuckDBDriver.class);
        copy(driver, artifact.resolve("lib").resolve(driver.getFileName()));
        return artifact;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (!Files.exists(to)) {
            Files.copy(from, to);
        }
    }

    private static Path source(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
