package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files of the node. A path that is relative lies in the plugin's own {@link PluginContext#workFolder work folder} and needs no permission; any
 * other needs {@code file-access:read:<path>} or {@code file-access:write:<path>} for the place where it leads, all links on the way resolved.
 *
 * <p>Failures: {@link PermissionDeniedException}; {@code DP-0610} where a path leads nowhere, is a folder where a file is needed, or the system
 * refuses; {@code DP-0611} for more than {@link #read} or {@link #list} take; {@code DP-0612} for more than 64 readers and writers at once.
 *
 * <p>Safe to use from any thread of the plugin. The work is done on its threads for blocking work, in no fixed order among calls that
 * don't wait for each other. What others do to the same folders meanwhile is not locked out; but a file
 * is opened, listed, replaced or deleted in the folder that was judged, whatever was put at its path in between, where the system can hold folders (Linux, macOS).
 *
 * <pre>{@code
 * context.files()
 *         .write("notes.txt", Buffer.buffer("rain"))
 *         .compose(written -> context.files().find("notes.txt"))
 *         .onSuccess(entry -> context.log().info(entry.orElseThrow().size() + " bytes"));
 * }</pre>
 */
public interface PluginFiles {

    /** What is at {@code path}; empty where nothing is. */
    Future<Optional<Entry>> find(String path);

    /** What is in {@code folder}, by name, 10,000 entries at most. */
    Future<List<Entry>> list(String folder);

    /** A whole file, 16 MB at most. */
    Future<Buffer> read(String path);

    /** A file as a stream. */
    Future<ByteReader> open(String path);

    /** Write a whole file in place of what was there, wholly or not at all. The folder must exist. */
    Future<Void> write(String path, Buffer content);

    /** The same as a stream; the file is there once {@link ByteWriter#commit} has succeeded. */
    Future<ByteWriter> create(String path);

    /** Make a folder and those above it that are missing; one that exists is left alone. */
    Future<Void> createFolder(String path);

    /** Delete a file, a link (not what it leads to) or an empty folder; whether it was there. */
    Future<Boolean> delete(String path);

    /**
     * A file or folder.
     *
     * @param name the last part of its path
     * @param size bytes; of a folder 0
     */
    record Entry(String name, boolean folder, long size, Instant modified) {}
}
