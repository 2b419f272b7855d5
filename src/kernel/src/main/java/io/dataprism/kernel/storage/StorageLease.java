package io.dataprism.kernel.storage;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one run of a plugin holds of its storage. Nothing here blocks or throws; what fails, fails in the future, which completes on a thread of the
 * kernel's. What is given to be run there must be quick and be the kernel's own. Safe to use from any thread.
 */
public final class StorageLease {
    private final PluginStorage storage;
    private final String artifact;
    private final StorageLimits limits;
    private volatile Consumer<Set<String>> listener = keys -> {};
    private volatile boolean over;

    /** Whether it is known to be its own; of the one that works on the storage. */
    private boolean own;

    /** @param artifact the SHA-256 of what runs */
    StorageLease(PluginStorage storage, String artifact, StorageLimits limits) {
        this.storage = storage;
        this.artifact = artifact;
        this.limits = limits;
    }

    /** Read; fails as {@link #change} does. */
    public <T> Future<T> read(Function<StoredContents, T> reading) {
        return storage.readFor(this, file -> {
            requireOwn(file);
            return reading.apply(file);
        });
    }

    /**
     * Change all or nothing; whether what was expected was there. It is on the disk when this succeeds.
     *
     * @param allowed asked when its turn comes; what it throws is the failure
     * @return fails with {@code DP-0199} where too much waits, {@code DP-0891} for too much to be stored, {@code DP-0892} where the disk refuses,
     *     {@code DP-0893} where the disk is nearly full, {@code DP-0894} where the storage was left behind by something else of the same name,
     *     {@code DP-0897} where it is damaged, {@code DP-0191} after {@link #end}
     */
    public Future<Boolean> change(StorageChange change, Runnable allowed) {
        return storage.changeFor(this, file -> {
            allowed.run();
            requireOwn(file);
            return file.change(change, limits);
        });
    }

    /** Remove {@code key}; whether it was there. The same as {@link #change} otherwise. */
    public Future<Boolean> remove(String key, Runnable allowed) {
        return storage.changeFor(this, file -> {
            allowed.run();
            requireOwn(file);
            return file.value(key).isPresent()
                    && file.change(new StorageChange(Map.of(), Map.of(key, Optional.empty())), limits);
        });
    }

    private void requireOwn(StorageFile file) {
        if (!own) {
            file.requireOwner(artifact);
            own = true;
        }
    }

    /** Have {@code changed} be told of the keys that were changed, after each change, on a thread of the kernel's; it and nobody else. */
    public void listen(Consumer<Set<String>> changed) {
        listener = changed;
    }

    void tell(Set<String> keys) {
        listener.accept(keys);
    }

    public StorageLimits limits() {
        return limits;
    }

    boolean hasEnded() {
        return over;
    }

    void ended() {
        over = true;
    }

    /**
     * The run is over: what was begun is done, and nothing more is taken.
     *
     * @return complete once it is done, and answered
     */
    public Future<Void> end() {
        return storage.end(this);
    }
}
