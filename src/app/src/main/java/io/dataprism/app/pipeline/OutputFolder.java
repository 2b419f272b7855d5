package io.dataprism.app.pipeline;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The folder that a run's files go to. Each file is there whole or not at all, and none is outside the folder. */
final class OutputFolder {
    private final Path folder;

    OutputFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Whether {@code file} names a file within an output folder. */
    static boolean isWithin(String file) {
        try {
            Path path = Path.of(file).normalize();
            return !path.isAbsolute()
                    && !path.startsWith("..")
                    && !path.toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Write a result: an export's content, or any other value as JSON. */
    Path save(String file, @Nullable Object value) {
        if (!isWithin(file)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-1407",
                    "File '" + file + "' would lie outside the output folder " + folder
                            + ". Save to a path within it.");
        }
        Path target = folder.resolve(file).normalize();
        try {
            Files.createDirectories(target.resolveSibling(""));
            Path part = target.resolveSibling("." + target.getFileName() + ".part");
            Files.write(part, bytes(value));
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            throw CommandFailure.unwritable(target, e);
        }
    }

    private static byte[] bytes(@Nullable Object value) {
        if (value instanceof JsonObject export && export.containsKey("content") && export.containsKey("mediaType")) {
            return export.getBuffer("content").getBytes();
        }
        if (value instanceof Buffer content) {
            return content.getBytes();
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String json = value instanceof JsonObject object
                ? object.encodePrettily()
                : value instanceof JsonArray array ? array.encodePrettily() : Json.encode(value);
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
