package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files of the node. A path that is relative lies in the plugin's own {@link PluginContext#workFolder work folder} and needs no permission; any
 * other needs {@code file-access:read:<path>} or {@code file-access:write:<path>} for the place where it leads, all links on the way resolved.
 *
 * <p>Failures: {@link PermissionDeniedException}; {@code DP-0610} where a path leads nowhere, is a folder where a file is needed, or the system
 * refuses; {@code DP-0611} for more than {@link #read}, {@link #list} or {@link #watch} take; {@code DP-0612} for more than 64 readers and writers at once;
 * {@code DP-0960} where the plugin would have made the disk fuller than it may: what it writes and downloads counts from its start on, what that replaces and what
 * it deletes is taken off.
 *
 * <p>When a permission is taken back, what is open under it is closed at once: a reader, a writer and a watch then fail with the denial, and what a writer wrote
 * is discarded.
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

    /**
     * Be told, in this plugin's slices, of what is made, changed and deleted in a folder (not in those below it), or of one file, from now on. Needs what {@link #list}
     * and {@link #find} need. The path is looked at about twice a second, seldom where that takes long: what comes and goes in between is not told, several changes of
     * one entry may arrive as one, and there is no order among entries. The next look waits until the plugin has taken the changes of the last one. What is watched
     * need not exist.
     *
     * @return fails with {@code DP-0199} for more than 16 watches, with {@code DP-0611} for a folder of more than 10,000 entries
     */
    Future<Watch> watch(String path, Consumer<Change> changed);

    /** Delete a file, a link (not what it leads to) or an empty folder; whether it was there. */
    Future<Boolean> delete(String path);

    /**
     * A file or folder.
     *
     * @param name the last part of its path
     * @param size bytes; of a folder 0
     */
    record Entry(String name, boolean folder, long size, Instant modified) {}

    /** A path that is watched, until the plugin ends. */
    interface Watch {
        Future<Void> cancel();

        /** Succeeds when it was cancelled; fails with the reason when it ended by itself, such as a permission that was taken back. */
        Future<Void> ended();
    }

    /**
     * What became of a file or folder.
     *
     * @param name the last part of its path
     */
    record Change(String name, Kind kind) {

        /** Whether it is new, another than before, or gone. */
        public enum Kind {
            CREATED,
            CHANGED,
            DELETED
        }
    }
}
