package io.dataprism.kernel.storage;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Folders;
import io.dataprism.kernel.store.NodeBackup;
import io.dataprism.kernel.store.Store;
import io.dataprism.kernel.store.StoreSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one plugin has on the disk, and the changes that are to go there together. Opened when it is used first, and again after it was {@link #release
 * released}. Blocks; one thread at a time.
 */
final class StorageFile implements StoredContents {
    private static final Logger LOG = LoggerFactory.getLogger(StorageFile.class);
    private static final String TABLE = "values";
    /** One file for each of so many times what is in it, or of so many bytes, before it is written anew; and it is written twice. */
    private static final StoreSizes SIZES = new StoreSizes(1, 1L << 20, 4);

    private final PluginId plugin;
    private final Path folder;
    private final DiskRoom room;
    private final LogLimit logged = new LogLimit();
    private final Map<String, Optional<byte[]>> pending = new LinkedHashMap<>();
    private long pendingBytes;
    /** Whether changes that waited were given up since the file had to be closed. */
    private boolean lost;

    private @Nullable Store store;
    /** With what is pending. */
    private StoredUsage usage = StoredUsage.NOTHING;

    StorageFile(PluginId plugin, Path folder, DiskRoom room) {
        this.plugin = plugin;
        this.folder = folder;
        this.room = room;
    }

    boolean isOpen() {
        return store != null;
    }

    private Store open() {
        Store opened = store;
        if (opened == null) {
            opened = reading(() -> Store.open(folder, SIZES));
            store = opened;
            Store counted = opened;
            usage = reading(() -> count(counted));
        }
        return opened;
    }

    private static StoredUsage count(Store store) {
        StoredUsage found = StoredUsage.NOTHING;
        for (Map.Entry<String, byte[]> each : store.scan(TABLE, "").entrySet()) {
            found = found.with(size(each.getKey(), each.getValue()));
        }
        return found;
    }

    private static int size(String key, byte[] value) {
        return Keys.length(key) + value.length;
    }

    /** Something that asks the store. */
    private interface Asking<T> {
        T ask();
    }

    private <T> T reading(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (PluginException e) {
            release();
            logged.say("damage", more -> LOG.error("The storage of plugin '{}' can't be read{}", plugin, more, e));
            throw new PluginException(
                    "DP-0897",
                    "Plugin '" + plugin + "' can't read its storage: it is damaged, or of a newer version of the node,"
                            + " whose log says more. Nothing was changed. The operator restores " + folder
                            + ", or gives it up with  ./dataprism plugins storage delete " + plugin,
                    e);
        }
    }

    @Override
    public Optional<byte[]> value(String key) {
        Optional<byte[]> changed = pending.get(key);
        Store from = open();
        return changed == null ? reading(() -> from.read(TABLE, key)) : changed;
    }

    @Override
    public NavigableSet<String> keys(String prefix) {
        Store from = open();
        return reading(() -> from.keys(TABLE, prefix));
    }

    @Override
    public Map<String, byte[]> all() {
        Store from = open();
        return reading(() -> from.scan(TABLE, ""));
    }

    @Override
    public StoredUsage usage() {
        open();
        return usage;
    }

    /** Bytes that wait for {@link #settle}. */
    long pendingBytes() {
        return pendingBytes;
    }

    /**
     * Make {@code change} one of those that wait, or nothing; whether what it expects is there.
     *
     * @throws PluginException {@code DP-0891} where it would be too much
     */
    boolean change(StorageChange change, StorageLimits limits) {
        for (Map.Entry<String, Optional<byte[]>> expected : change.expected().entrySet()) {
            if (!isSame(value(expected.getKey()), expected.getValue())) {
                return false;
            }
        }
        StoredUsage before = usage();
        StoredUsage next = before;
        for (Map.Entry<String, Optional<byte[]>> each : change.changes().entrySet()) {
            String key = each.getKey();
            Optional<byte[]> old = value(key);
            next = old.isPresent() ? next.without(size(key, old.get())) : next;
            next = each.getValue().isPresent()
                    ? next.with(size(key, each.getValue().get()))
                    : next;
        }
        if (next.passes(limits, before)) {
            throw tooMuch(next, limits);
        }
        pending.putAll(change.changes());
        pendingBytes += change.size();
        usage = next;
        return true;
    }

    private static boolean isSame(Optional<byte[]> found, Optional<byte[]> expected) {
        return found.isPresent() == expected.isPresent()
                && (found.isEmpty() || Arrays.equals(found.get(), expected.get()));
    }

    private PluginException tooMuch(StoredUsage wanted, StorageLimits limits) {
        return new PluginException(
                "DP-0891",
                "Plugin '" + plugin + "' would store " + wanted.keys() + " keys with " + wanted.bytes()
                        + " bytes; it may have " + limits.keys() + " keys with " + limits.bytes()
                        + " bytes. Nothing was changed. Remove what is not needed; the operator allows more with"
                        + " max-storage-per-plugin and max-keys-per-plugin.");
    }

    /**
     * Bring all changes that wait to the disk.
     *
     * @return the keys that were changed
     * @throws PluginException {@code DP-0892} or {@code DP-0893} where none of them could be
     */
    Set<String> settle() {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>(pending);
        pending.clear();
        pendingBytes = 0;
        if (lost) {
            lost = false;
            throw unwritten(null);
        }
        if (changes.isEmpty()) {
            return Set.of();
        }
        try {
            write(changes);
            return changes.keySet();
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private void write(Map<String, Optional<byte[]>> changes) {
        Batch batch = new Batch();
        changes.forEach((key, value) ->
                value.ifPresentOrElse(bytes -> batch.put(TABLE, key, bytes), () -> batch.remove(TABLE, key)));
        if (changes.values().stream().anyMatch(Optional::isPresent) && !room.isLeft()) {
            throw new PluginException(
                    "DP-0893",
                    "Plugin '" + plugin + "' can't store more now: the node's disk is nearly full, and what is left is"
                            + " for the node itself. Nothing was changed. The operator makes room on the disk of "
                            + folder
                            + ".");
        }
        try {
            open().write(batch);
        } catch (PluginException e) {
            logged.say("write", more -> LOG.error("The storage of plugin '{}' can't be written{}", plugin, more, e));
            throw unwritten(e);
        }
    }

    private PluginException unwritten(@Nullable PluginException cause) {
        return new PluginException(
                "DP-0892",
                "Plugin '" + plugin + "' could not store: the disk refused; the node's log says why. What was stored"
                        + " before is kept, and nothing was changed. The operator makes room on the disk of " + folder
                        + ", or lets the node write there; then try again.",
                cause);
    }

    /** @throws PluginException {@code DP-0894} where it was left behind by others than {@code artifact} */
    void requireOwner(String artifact) {
        try {
            if (!Leftover.isOf(folder, artifact)) {
                throw new PluginException(
                        "DP-0894",
                        "Plugin '" + plugin + "' may not use the storage of this name: it was left by another artifact,"
                                + " which was removed. If this one is to have it, the operator says  ./dataprism plugins storage"
                                + " keep " + plugin + "  and if not,  ./dataprism plugins storage delete " + plugin);
            }
            Leftover.unmark(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Leave what is stored for {@code artifacts}, of a plugin that is about to be removed; see {@link Leftover#mark}. */
    void leave(Collection<String> artifacts) {
        try {
            Leftover.mark(folder, artifacts);
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0892",
                    "Plugin '" + plugin + "' can't be removed: what it stores in " + folder
                            + " could not be marked as its own (" + e
                            + "). Make room on the disk, or let the node write there.",
                    e);
        }
    }

    /** Give it to whatever has the id now. */
    void giveAway() {
        try {
            Leftover.unmark(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Delete everything; the keys that there were. */
    Set<String> delete() {
        Set<String> keys;
        try {
            keys = keys("");
        } catch (PluginException damaged) {
            LOG.warn("The storage of plugin '{}' is deleted unread: {}", plugin, damaged.getMessage());
            keys = Set.of();
        }
        release();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
        return keys;
    }

    private PluginException unusable(IOException cause) {
        logged.say("folder", more -> LOG.error("The folder {} can't be used{}", folder, more, cause));
        return new PluginException(
                "DP-0892",
                "The storage of plugin '" + plugin + "' can't be used: the disk refused; the node's log says why. The"
                        + " operator lets the node read and write " + folder + ".",
                cause);
    }

    /** Write all that is stored, and whose it is, into the folder {@code into}, which is made; nothing where nothing is stored. */
    void copy(Path into) {
        if (!exists()) {
            return;
        }
        try {
            Folders.createPrivate(into);
            open().backup(into.resolve(NodeBackup.STORE));
            Leftover.copy(folder, into);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Close the files until they are needed again. */
    void release() {
        lost |= !pending.isEmpty();
        pending.clear();
        pendingBytes = 0;
        usage = StoredUsage.NOTHING;
        Store closing = store;
        store = null;
        if (closing != null) {
            closing.close();
        }
    }
}
