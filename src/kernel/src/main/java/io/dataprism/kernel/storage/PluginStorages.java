package io.dataprism.kernel.storage;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.store.Folders;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the plugins of a node store: a folder each, in {@code folder}. Nothing is opened before it is used, and so many are open at once and no more. Safe to
 * use from any thread; futures complete on the threads that work.
 */
public final class PluginStorages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginStorages.class);

    /** Each holds two files, and some memory. */
    private static final int MOST_OPEN = 64;

    private static final long RESERVE = 64L << 20;
    private static final long CLOSE_SECONDS = 20;

    private final Path folder;
    private final Executor threads;
    private final DiskRoom room;
    private final int mostOpen;
    // Guarded by themselves.
    private final Map<PluginId, PluginStorage> storages = new HashMap<>();
    private final LinkedHashMap<PluginId, PluginStorage> open = new LinkedHashMap<>(16, 0.75f, true);

    /** @param threads few: they wait for the disk. They must outlive this */
    public PluginStorages(Path folder, Executor threads) {
        this(folder, threads, () -> freeBytes(folder) >= RESERVE, MOST_OPEN);
    }

    PluginStorages(Path folder, Executor threads, DiskRoom room, int mostOpen) {
        this.mostOpen = mostOpen;
        this.folder = folder;
        this.threads = threads;
        this.room = room;
    }

    private static long freeBytes(Path folder) {
        Path place = folder.toAbsolutePath();
        try {
            while (!Files.exists(place) && place.getParent() != null) {
                place = place.getParent();
            }
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            // What can't be asked may take a write all the same, and if not, that says so.
            LOG.debug("How much room is left for {} can't be told", folder, e);
            return Long.MAX_VALUE;
        }
    }

    /**
     * What {@code plugin} stores, for one run of it.
     *
     * @param artifact the SHA-256 of what runs
     */
    public StorageLease lend(PluginId plugin, String artifact, StorageLimits limits) {
        PluginStorage storage = storage(plugin);
        StorageLease lease = new StorageLease(storage, artifact, limits);
        storage.lease(lease);
        return lease;
    }

    private PluginStorage storage(PluginId plugin) {
        synchronized (storages) {
            return storages.computeIfAbsent(
                    plugin, id -> new PluginStorage(id, new StorageFile(id, folder(id), room), threads, this::used));
        }
    }

    private Path folder(PluginId plugin) {
        return folder.resolve(plugin.value());
    }

    /** Those that were not used for longest are closed. */
    private void used(PluginStorage storage) {
        List<PluginStorage> idle = new ArrayList<>();
        synchronized (open) {
            open.put(storage.plugin(), storage);
            while (open.size() > mostOpen) {
                PluginId eldest = open.keySet().iterator().next();
                idle.add(open.remove(eldest));
            }
        }
        idle.forEach(PluginStorage::release);
    }

    /** Which plugins have something stored, be they installed or not, each with whether it was left behind by one that was removed. Blocks. */
    public Map<PluginId, Boolean> stored() {
        Map<PluginId, Boolean> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(each -> {
                String name = String.valueOf(each.getFileName());
                if (PluginId.isValid(name) && Files.isDirectory(each)) {
                    found.put(new PluginId(name), Leftover.isMarked(each));
                }
            });
            return found;
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0892", "What plugins store in " + folder + " can't be listed: " + e + ". Look at the disk.", e);
        }
    }

    /** How much {@code plugin} has stored. */
    public Future<StoredUsage> usage(PluginId plugin) {
        return storage(plugin).read(StorageFile::usage);
    }

    /**
     * Write all that {@code plugin} stores into {@code file}, which there must not be yet: see {@link StorageExport}.
     *
     * @return fails with {@code DP-0895} where nothing is stored, {@code DP-0896} where it can't be written
     */
    public Future<StoredUsage> export(PluginId plugin, Path file) {
        return existing(plugin, stored -> {
            StorageExport.write(plugin, stored.all(), file);
            return stored.usage();
        });
    }

    /**
     * Write what each plugin stores into a folder of its name in {@code into}, one after the other, as it is then. Blocks; not on the threads that work.
     *
     * @throws PluginException {@code DP-0897} where what one stores is damaged, {@code DP-0892} or {@code DP-0841} where it can't be written
     */
    public void copy(Path into) {
        for (PluginId plugin : stored().keySet()) {
            try {
                Folders.createPrivate(into);
                storage(plugin)
                        .read(file -> {
                            file.copy(into.resolve(plugin.value()));
                            return null;
                        })
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof PluginException known ? known : e;
            } catch (IOException e) {
                throw new PluginException(
                        "DP-0892",
                        "What plugins store can't be copied to " + into + ": " + e + ". Make room there.",
                        e);
            }
        }
    }

    /** Delete all that {@code plugin} stores, while it runs or not; fails with {@code DP-0895} where nothing is stored. */
    public Future<Void> delete(PluginId plugin) {
        PluginStorage storage = storage(plugin);
        return existing(plugin, stored -> {
            storage.changed(stored.delete());
            return null;
        });
    }

    /** Give what a removed plugin left to whatever has its id now; fails with {@code DP-0895} where nothing is stored. */
    public Future<Void> keep(PluginId plugin) {
        return existing(plugin, stored -> {
            stored.giveAway();
            return null;
        });
    }

    private <T> Future<T> existing(PluginId plugin, Function<StorageFile, T> action) {
        return storage(plugin).read(file -> {
            if (!file.exists()) {
                throw new PluginException(
                        "DP-0895",
                        "Nothing is stored for '" + plugin
                                + "'. Those for which something is:  ./dataprism plugins storage" + " list");
            }
            return action.apply(file);
        });
    }

    /**
     * {@code plugin} is about to be removed, of which {@code artifacts} are installed, by their SHA-256: what it stores stays, for them. After all that was
     * asked before, which may be what makes its storage, or what says that it is its own.
     *
     * @return fails with {@code DP-0892} where that can't be written down
     */
    public Future<Void> left(PluginId plugin, Collection<String> artifacts) {
        List<String> owners = List.copyOf(artifacts);
        return storage(plugin).read(file -> {
            file.leave(owners);
            return null;
        });
    }

    /** What was begun is done, then everything is closed. Blocks. */
    @Override
    public void close() {
        List<Future<Void>> closing;
        synchronized (storages) {
            closing = storages.values().stream().map(PluginStorage::close).toList();
        }
        try {
            Future.join(closing).toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.error("What plugins store could not be closed", e.getCause());
        } catch (TimeoutException e) {
            LOG.error("What plugins store in {} could not be closed within {} s", folder, CLOSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
