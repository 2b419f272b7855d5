package io.dataprism.kernel.storage;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;

/**
 * What a plugin stores in a file for others: a JSON object a line, first one that says what this is and whose, then one a key, in the order of keys, with
 * its value in Base64. Blocks.
 */
final class StorageExport {
    private static final String FORMAT = "dataprism-storage 1";

    private StorageExport() {}

    /** Write it wholly or not at all, for the node's user only. */
    static void write(PluginId plugin, Map<String, byte[]> all, Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            try {
                write(part, plugin, all);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0896",
                    "What plugin '" + plugin + "' stores could not be written to " + file + ": "
                            + (e instanceof FileAlreadyExistsException ? "something is there already" : e.toString())
                            + ". Name a file that is not there, in a folder with room that the node's user may write to.",
                    e);
        }
    }

    private static void write(Path part, PluginId plugin, Map<String, byte[]> all) throws IOException {
        Files.deleteIfExists(part);
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            line(out, new JsonObject().put("format", FORMAT).put("plugin", plugin.value()));
            for (Map.Entry<String, byte[]> each : all.entrySet()) {
                line(
                        out,
                        new JsonObject()
                                .put("key", each.getKey())
                                .put("value", Base64.getEncoder().encodeToString(each.getValue())));
            }
        }
    }

    private static void line(BufferedWriter out, JsonObject json) throws IOException {
        out.write(json.encode());
        out.write('\n');
    }
}
