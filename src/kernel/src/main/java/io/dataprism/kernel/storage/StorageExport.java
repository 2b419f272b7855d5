package io.dataprism.kernel.storage;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Folders;
import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a plugin stores in a file for others: a JSON object a line, first one that says what this is and whose, then one a key, in the order of keys, with
 * its value in Base64. Blocks.
 */
final class StorageExport {
    private static final Logger LOG = LoggerFactory.getLogger(StorageExport.class);
    private static final String FORMAT = "dataprism-storage 1";

    private StorageExport() {}

    /** Write it wholly or not at all, for the node's user only; whatever else there is stays as it is. */
    static void write(PluginId plugin, Map<String, byte[]> all, Path file) {
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Path folder = file.toAbsolutePath().resolveSibling("");
            // Made by nobody else, whatever there is, and for its owner only.
            Path part = Files.createTempFile(folder, ".export-", ".part");
            try {
                write(part, plugin, all);
                place(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
            Folders.sync(folder);
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
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** A second name is only given where there is none yet, however late it came; a move would replace what came. */
    private static void place(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without second names: looked at once more, as close before as can be.
            LOG.debug("{} is moved into place: a link to it can't be made", file, e);
            Files.move(part, file);
        }
    }

    private static void line(BufferedWriter out, JsonObject json) throws IOException {
        out.write(json.encode());
        out.write('\n');
    }
}
