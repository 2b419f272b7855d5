package io.dataprism.kernel.store;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * One of the files in which a store is kept: H2's MVStore, each record of it under a {@link Seal}, all together held against their {@link StoreState}. It
 * is checked as a whole when it is opened. Everything blocks; one thread at a time. Once a method has failed, only {@link #close} may be called.
 */
final class StoreCopy implements AutoCloseable {
    /** Under which the state stands; no record has this name. */
    private static final String STATE = "";

    private static final String RECORDS = "records";
    private static final int CHARACTERS_TOLD = 300;

    private final Path file;
    private final StoreSizes sizes;
    private final MVStore store;
    private final MVMap<String, byte[]> records;
    private StoreState state;
    private final long live;

    private StoreCopy(
            Path file, StoreSizes sizes, MVStore store, MVMap<String, byte[]> records, StoreState state, long live) {
        this.file = file;
        this.sizes = sizes;
        this.store = store;
        this.records = records;
        this.state = state;
        this.live = live;
    }

    /**
     * Open the copy in {@code file} and check all of it.
     *
     * @throws DamagedCopyException where it is not what was written
     * @throws PluginException {@code DP-0842} where a newer kernel wrote it
     */
    static StoreCopy open(Path file, StoreSizes sizes) throws IOException {
        if (!Files.exists(file)) {
            throw new DamagedCopyException("the file is missing");
        }
        MVStore store = null;
        try {
            store = store(file, sizes);
            if (!store.hasMap(RECORDS)) {
                throw new DamagedCopyException("it holds no records");
            }
            MVMap<String, byte[]> records = records(store);
            StoreState state = state(file, records);
            return new StoreCopy(file, sizes, store, records, state, check(records, state));
        } catch (IOException e) {
            abandon(store);
            throw e;
        } catch (PluginException e) {
            abandon(store);
            throw e;
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            // A turned byte may be a length, a depth or a place, and the library asserts: whatever the library makes of
            // it is damage.
            abandon(store);
            throw new DamagedCopyException(text(e), e);
        }
    }

    private static void abandon(@Nullable MVStore store) {
        if (store != null) {
            store.closeImmediately();
        }
    }

    /** Room is never used again: where it is, the library may answer an older state after a crash, in both copies alike. */
    private static MVStore store(Path file, StoreSizes sizes) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(sizes.cacheMegabytes())
                .open();
        store.setReuseSpace(false);
        store.setVersionsToKeep(0);
        return store;
    }

    private static MVMap<String, byte[]> records(MVStore store) {
        return store.openMap(
                RECORDS,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private static StoreState state(Path file, MVMap<String, byte[]> records) throws IOException {
        byte[] sealed = records.get(STATE);
        if (sealed == null) {
            throw new DamagedCopyException("what its records must come to is missing");
        }
        StoreState state = StoreState.of(Seal.broken(STATE, sealed));
        if (state.format() != StoreState.FORMAT) {
            throw new PluginException(
                    "DP-0842",
                    "The store in " + file + " has format " + state.format() + ", but this kernel knows format "
                            + StoreState.FORMAT + ". Use the version of the kernel that wrote it, or a newer one.");
        }
        return state;
    }

    /** Read everything; how many bytes that is. */
    private static long check(MVMap<String, byte[]> records, StoreState state) throws IOException {
        StoreState found = StoreState.EMPTY;
        long bytes = 0;
        Cursor<String, byte[]> all = records.cursor(null);
        while (all.hasNext()) {
            String name = all.next();
            if (!name.equals(STATE)) {
                byte[] value = Seal.broken(name, all.getValue());
                found = found.with(name, value);
                bytes += name.length() + value.length;
            }
        }
        state.require(found);
        return bytes;
    }

    /**
     * Write a new copy into {@code file}, wholly or not at all: of all records of {@code from}, or without any.
     */
    static void create(Path file, @Nullable StoreCopy from) throws IOException {
        Path part = StoreFiles.part(file);
        try {
            StoreFiles.createPrivate(part);
            fill(part, from);
            StoreFiles.replace(part, file);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        } catch (RuntimeException e) {
            Files.deleteIfExists(part);
            throw new IOException(text(e), e);
        }
    }

    private static void fill(Path part, @Nullable StoreCopy from) throws IOException {
        MVStore store = store(part, StoreSizes.NODE);
        try {
            MVMap<String, byte[]> to = records(store);
            StoreState state = StoreState.EMPTY;
            if (from != null) {
                state = from.state;
                from.pour(to);
            }
            to.put(STATE, Seal.on(STATE, state.toBytes()));
            store.commit();
            store.sync();
            store.close();
        } finally {
            store.closeImmediately();
        }
    }

    private void pour(MVMap<String, byte[]> to) throws IOException {
        Cursor<String, byte[]> all = records.cursor(null);
        StoreState found = StoreState.EMPTY;
        while (all.hasNext()) {
            String name = all.next();
            if (!name.equals(STATE)) {
                byte[] sealed = all.getValue();
                found = found.with(name, Seal.broken(name, sealed));
                to.put(name, sealed);
            }
        }
        state.require(found);
    }

    Path file() {
        return file;
    }

    StoreState state() {
        return state;
    }

    /** How many times larger the file is than what was in it when it was opened; 1 for a small one. */
    long waste() throws IOException {
        long size = Files.size(file);
        return size < sizes.small() ? 1 : size / Math.max(live, 1);
    }

    Optional<byte[]> read(String name) throws IOException {
        try {
            byte[] sealed = records.get(name);
            return sealed == null ? Optional.empty() : Optional.of(Seal.broken(name, sealed));
        } catch (RuntimeException | AssertionError e) {
            throw new DamagedCopyException(text(e), e);
        }
    }

    /** All whose names begin with {@code prefix}, in the order of their names. */
    NavigableMap<String, byte[]> scan(String prefix) throws IOException {
        NavigableMap<String, byte[]> found = new TreeMap<>();
        try {
            Cursor<String, byte[]> from = records.cursor(prefix);
            while (from.hasNext()) {
                String name = from.next();
                if (!name.startsWith(prefix)) {
                    break;
                }
                found.put(name, Seal.broken(name, from.getValue()));
            }
        } catch (RuntimeException | AssertionError e) {
            throw new DamagedCopyException(text(e), e);
        }
        return found;
    }

    /** The names that begin with {@code prefix}. */
    NavigableSet<String> names(String prefix) throws IOException {
        NavigableSet<String> found = new TreeSet<>();
        try {
            Iterator<String> from = records.keyIterator(prefix);
            while (from.hasNext()) {
                String name = from.next();
                if (!name.startsWith(prefix)) {
                    break;
                }
                found.add(name);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new DamagedCopyException(text(e), e);
        }
        return found;
    }

    /**
     * Make all of these changes; they are on the disk when this returns.
     *
     * @throws DamagedCopyException where it is the library that can't, not the disk
     */
    void write(Batch batch) throws IOException {
        try {
            StoreState next = state.next();
            for (Map.Entry<String, Optional<byte[]>> change : batch.changes().entrySet()) {
                next = change(change.getKey(), change.getValue(), next);
            }
            records.put(STATE, Seal.on(STATE, next.toBytes()));
            store.commit();
            store.sync();
            state = next;
        } catch (RuntimeException | AssertionError e) {
            throw isOfTheDisk(e) ? new IOException(text(e), e) : new DamagedCopyException(text(e), e);
        }
    }

    private static boolean isOfTheDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private StoreState change(String name, Optional<byte[]> bytes, StoreState before) throws IOException {
        Optional<byte[]> old = read(name);
        StoreState without = old.isPresent() ? before.without(name, old.get()) : before;
        if (bytes.isEmpty()) {
            records.remove(name);
            return without;
        }
        records.put(name, Seal.on(name, bytes.get()));
        return without.with(name, bytes.get());
    }

    /** The innermost cause says what the disk said. */
    private static String text(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause.getMessage() == null ? "" : cause.getMessage();
        return cause.getClass().getSimpleName() + ": "
                + (said.length() > CHARACTERS_TOLD ? said.substring(0, CHARACTERS_TOLD) + "…" : said);
    }

    /** Give the file back as it is; what was written is on the disk. */
    @Override
    public void close() {
        store.closeImmediately();
    }
}
