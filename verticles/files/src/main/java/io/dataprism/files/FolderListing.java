package io.dataprism.files;

import io.dataprism.files.detect.FileProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder that may be tables, for the details of a connection. */
final class FolderListing {
    private static final int MOST = 200;
    private static final int DEPTH = 4;
    private static final List<String> ENDINGS =
            List.of(".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".parquet");

    private FolderListing() {}

    static JsonArray of(Path folder) {
        JsonArray files = new JsonArray();
        try (Stream<Path> found = Files.find(folder, DEPTH, (path, about) -> about.isRegularFile() && isTable(path))) {
            for (Path path : found.sorted().limit(MOST).toList()) {
                files.add(new JsonObject()
                        .put("path", folder.relativize(path).toString())
                        .put("bytes", Files.size(path)));
            }
        } catch (IOException | UncheckedIOException e) {
            throw FileProblem.UNREADABLE.failure(
                    "cannot list " + folder + ": " + e
                            + ". Check the path, and that its files and folders may be read.",
                    e);
        }
        return files;
    }

    private static boolean isTable(Path path) {
        String name = path.getFileName().toString();
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return !name.startsWith(".") && ENDINGS.stream().anyMatch(plain::endsWith);
    }
}
