package io.dataprism.kernel.store;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's store: tables of keys with bytes, kept twice.
 *
 * <p>Each batch is brought to the disk in one copy, then in the other, so that one of them is at rest at any moment. What {@link #write} has
 * returned from is in both. A copy that is damaged, missing or behind is found when the store is opened, read or verified; it is told of in the log and in
 * {@link #verify}'s answer, and made anew from the other one, which is the last good state. Where both are damaged nothing is changed and nothing is
 * answered ({@code DP-0840}).
 *
 * <p>All methods block and may be called from any thread, one after the other; none may be called on an event loop. Nothing is made on the disk
 * before something is written.
 */
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final List<String> NAMES = List.of("store-1.db", "store-2.db");

    /** Of what was found, so many are kept for {@link #verify}, the newest. */
    private static final int MOST_FINDINGS = 100;

    private final Path folder;
    private final StoreSizes sizes;
    private final List<String> findings = new ArrayList<>();
    /** What stands in the log already: where nothing can be mended, each try finds the same. */
    private final Set<String> told = new HashSet<>();

    private @Nullable StoreCopy first;
    private @Nullable StoreCopy second;
    private OptionalLong acknowledged = OptionalLong.empty();
    private boolean closed;

    private Store(Path folder, StoreSizes sizes) {
        this.folder = folder;
        this.sizes = sizes;
    }

    /**
     * The store in {@code folder}, which no other process uses meanwhile; empty where there is none yet. All of it is read and checked.
     *
     * @throws PluginException {@code DP-0840} where both copies are damaged, {@code DP-0842} where a newer kernel wrote it
     */
    public static Store open(Path folder) {
        return open(folder, StoreSizes.NODE);
    }

    /** The same with files of other sizes. */
    public static Store open(Path folder, StoreSizes sizes) {
        Store store = new Store(folder, sizes);
        if (store.exists()) {
            store.attach();
            store.thin();
        }
        return store;
    }

    /**
     * Put what {@link #backup} wrote in the place of the store in {@code folder}, which nobody uses meanwhile.
     *
     * @throws PluginException {@code DP-0840} where the backup is damaged, {@code DP-0841} where the folder can't be written to
     */
    public static void restore(Path backup, Path folder) {
        try (StoreCopy from = StoreCopy.open(backup, StoreSizes.NODE)) {
            for (String name : NAMES) {
                StoreCopy.create(folder.resolve(name), from);
            }
        } catch (DamagedCopyException e) {
            throw new PluginException(
                    "DP-0840",
                    "The backup " + backup + " is damaged: " + e.getMessage()
                            + ". Nothing was changed. Use another one.",
                    e);
        } catch (IOException e) {
            throw unwritten(folder, e);
        }
    }

    private boolean exists() {
        return NAMES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** A copy as it was found. */
    private record Examined(Path file, @Nullable StoreCopy copy, String problem) {
        static Examined of(Path file, StoreSizes sizes) {
            try {
                return new Examined(file, StoreCopy.open(file, sizes), "");
            } catch (IOException e) {
                return new Examined(file, null, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Open both copies, choose the one that counts, and make the other one like it.
     *
     * @return the one that had to be made anew
     */
    private Optional<Path> attach() {
        Examined one = Examined.of(folder.resolve(NAMES.get(0)), sizes);
        Examined two = second(one);
        StoreCopy best = best(one, two);
        first = best;
        acknowledged = OptionalLong.of(best.state().sequence());
        Examined other = best == one.copy() ? two : one;
        second = other.copy();
        if (second == null || !second.state().equals(best.state())) {
            second = null;
            renew(other, best);
            return Optional.of(other.file());
        }
        return Optional.empty();
    }

    private Examined second(Examined one) {
        try {
            return Examined.of(folder.resolve(NAMES.get(1)), sizes);
        } catch (PluginException newer) {
            if (one.copy() != null) {
                one.copy().close();
            }
            throw newer;
        }
    }

    private StoreCopy best(Examined one, Examined two) {
        StoreCopy left = one.copy();
        StoreCopy right = two.copy();
        if (left == null || right == null) {
            StoreCopy only = left == null ? right : left;
            if (only == null) {
                throw new PluginException(
                        "DP-0840",
                        "Both copies of the store in " + folder + " are damaged: "
                                + one.file().getFileName() + ": "
                                + one.problem() + "; " + two.file().getFileName() + ": " + two.problem()
                                + ". Nothing was changed. Put a backup in their place; or move both files away, and"
                                + " what was stored, grants and denials among it, is lost.");
            }
            return only;
        }
        if (left.state().sequence() == right.state().sequence() && !left.state().equals(right.state())) {
            left.close();
            right.close();
            throw new PluginException(
                    "DP-0840",
                    "The two copies of the store in " + folder
                            + " are whole, of the same age, and differ: one of them was"
                            + " put there by somebody. Move the one that is not wanted away, then start again.");
        }
        return isBetter(left.state(), right.state()) ? left : right;
    }

    /** The one that holds exactly what was acknowledged, where that is known; else the one that holds more. */
    private boolean isBetter(StoreState left, StoreState right) {
        if (acknowledged.isPresent() && left.sequence() != right.sequence()) {
            if (left.sequence() == acknowledged.getAsLong()) {
                return true;
            }
            if (right.sequence() == acknowledged.getAsLong()) {
                return false;
            }
        }
        return left.sequence() >= right.sequence();
    }

    /** Make a copy anew; where that can't be done now, it is tried again before the next batch, which is refused until it can. */
    private void renew(Examined bad, StoreCopy from) {
        StoreCopy copy = bad.copy();
        String problem = bad.problem();
        if (copy != null) {
            copy.close();
            long missing = from.state().sequence() - copy.state().sequence();
            problem = missing > 0
                    ? "the last " + missing + (missing == 1 ? " batch is" : " batches are") + " not in it"
                    : "a batch is in it that was never acknowledged";
        }
        boolean begun = from.state().sequence() == 0 && !Files.exists(bad.file());
        boolean interrupted =
                copy != null && Math.abs(from.state().sequence() - copy.state().sequence()) == 1;
        boolean ended = begun || interrupted;
        tell(bad.file(), problem, ended);
        try {
            if (copy == null && Files.exists(bad.file())) {
                Files.copy(bad.file(), aside(bad.file()), StandardCopyOption.REPLACE_EXISTING);
            }
            StoreCopy.create(bad.file(), from);
            second = StoreCopy.open(bad.file(), sizes);
        } catch (IOException e) {
            String failed = bad.file().getFileName() + " could not be made anew: " + e.getMessage();
            findings.add(failed);
            if (told.add(failed)) {
                LOG.error("The store in {}: {}. Nothing can be stored until it can.", folder, failed);
            }
        }
    }

    private static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".damaged");
    }

    private void tell(Path file, String problem, boolean ended) {
        String finding = file.getFileName() + ": " + problem;
        findings.add(finding);
        if (!told.add(finding)) {
            return;
        }
        if (ended) {
            LOG.info("The store in {} was ended while it was written ({}); the other copy is used", folder, finding);
        } else {
            LOG.error(
                    "The store in {} is damaged in one of its two copies: {}. The other one is whole and used, and a new copy of it is made."
                            + " Look at the disk.",
                    folder,
                    finding);
        }
    }

    /** Write the copies anew where they have become much larger than what is in them. */
    private void thin() {
        StoreCopy best = first;
        StoreCopy other = second;
        if (best == null || other == null) {
            return;
        }
        try {
            if (best.waste() > sizes.waste()) {
                other.close();
                second = null;
                StoreCopy.create(other.file(), best);
                second = StoreCopy.open(other.file(), sizes);
                best.close();
                StoreCopy.create(best.file(), second);
                first = second;
                second = StoreCopy.open(best.file(), sizes);
            }
        } catch (IOException e) {
            LOG.warn("The store in {} could not be made smaller: {}", folder, e.getMessage());
            lookAgain(e);
        }
    }

    /** Let go of both copies and look at them again. */
    private void again() {
        release();
        attach();
    }

    private void release() {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        first = null;
        second = null;
    }

    /** What is kept under {@code key}. */
    public synchronized Optional<byte[]> read(String table, String key) {
        return reading(copy -> copy.read(Batch.path(table, key)), Optional.empty());
    }

    /** Everything in {@code table} whose key begins with {@code prefix}, by key. */
    public synchronized NavigableMap<String, byte[]> scan(String table, String prefix) {
        int skipped = Batch.path(table, "").length();
        NavigableMap<String, byte[]> found = new TreeMap<>();
        reading(copy -> copy.scan(Batch.path(table, prefix)), found)
                .forEach((name, bytes) -> found.put(name.substring(skipped), bytes));
        return found;
    }

    /** The keys in {@code table} that begin with {@code prefix}. */
    public synchronized NavigableSet<String> keys(String table, String prefix) {
        int skipped = Batch.path(table, "").length();
        NavigableSet<String> found = new TreeSet<>();
        reading(copy -> copy.names(Batch.path(table, prefix)), found)
                .forEach(name -> found.add(name.substring(skipped)));
        return found;
    }

    /** What is read from a copy. */
    private interface Reading<T> {
        T from(StoreCopy copy) throws IOException;
    }

    private <T> T reading(Reading<T> reading, T nothing) {
        requireOpen();
        if (first == null && !exists()) {
            return nothing;
        }
        try {
            return reading.from(copy());
        } catch (IOException damage) {
            again();
            try {
                return reading.from(copy());
            } catch (IOException still) {
                still.addSuppressed(damage);
                throw new PluginException(
                        "DP-0840",
                        "The store in " + folder + " can't be read: " + still.getMessage()
                                + ". Look at the disk, and start the node again.",
                        still);
            }
        }
    }

    private StoreCopy copy() {
        if (first == null) {
            attach();
        }
        return Objects.requireNonNull(first);
    }

    /**
     * Make all changes of {@code batch}: they are on the disk, in both copies, when this returns.
     *
     * @throws PluginException {@code DP-0841} where they could not be written: then none of them is there, unless the disk failed at the very end of
     *     writing them, or the node ends before it could look
     */
    public synchronized void write(Batch batch) {
        requireOpen();
        if (batch.isEmpty()) {
            return;
        }
        try {
            prepare();
            writeBoth(batch);
        } catch (IOException e) {
            throw unwritten(folder, e);
        }
    }

    /** Both copies, alike. */
    private void prepare() throws IOException {
        if (!exists()) {
            Folders.createPrivate(folder);
            StoreCopy.create(folder.resolve(NAMES.get(0)), null);
            StoreCopy.create(folder.resolve(NAMES.get(1)), null);
        }
        if (first == null || second == null) {
            again();
        }
        if (second == null) {
            String why = findings.get(findings.size() - 1);
            findings.subList(0, Math.max(0, findings.size() - MOST_FINDINGS)).clear();
            throw new IOException(why);
        }
    }

    private void writeBoth(Batch batch) throws IOException {
        StoreCopy one = Objects.requireNonNull(first);
        StoreCopy two = Objects.requireNonNull(second);
        StoreCopy written = one;
        try {
            one.write(batch);
            written = two;
            two.write(batch);
            acknowledge();
        } catch (DamagedCopyException e) {
            replace(written.file(), e);
            writeReplaced(batch);
        } catch (IOException e) {
            lookAgain(e);
            throw e;
        }
        thin();
    }

    /** Once more, after a copy was made anew: a batch that is there already is the same again. */
    private void writeReplaced(Batch batch) throws IOException {
        try {
            prepare();
            Objects.requireNonNull(first).write(batch);
            Objects.requireNonNull(second).write(batch);
            acknowledge();
        } catch (IOException e) {
            lookAgain(e);
            throw e;
        }
    }

    private void acknowledge() {
        acknowledged = OptionalLong.of(Objects.requireNonNull(first).state().sequence());
        told.clear();
    }

    /**
     * Make {@code unwritable} anew of the other copy, where both can be read: what turned may be the library's own accounts of the file, which are used when
     * it is written, not when it is read.
     */
    private void replace(Path unwritable, DamagedCopyException why) throws IOException {
        try {
            release();
            if (attach().filter(unwritable::equals).isPresent()) {
                return;
            }
            StoreCopy best = Objects.requireNonNull(first);
            StoreCopy other = second;
            if (other == null) {
                return;
            }
            StoreCopy good = best.file().equals(unwritable) ? other : best;
            (good == best ? other : best).close();
            first = good;
            second = null;
            renew(new Examined(unwritable, null, "it can't be written to: " + why.getMessage()), good);
        } catch (PluginException e) {
            why.addSuppressed(e);
            throw why;
        }
    }

    private void lookAgain(IOException failure) {
        try {
            again();
        } catch (PluginException e) {
            failure.addSuppressed(e);
        }
    }

    private static PluginException unwritten(Path folder, IOException cause) {
        return new PluginException(
                "DP-0841",
                "The store in " + folder + " could not be written: " + cause.getMessage()
                        + ". What was stored before is kept. Make room on the disk, or let this user write there.",
                cause);
    }

    /**
     * Read both copies from the disk and check everything in them; what is damaged is made anew.
     *
     * @return what was found since the store was opened or verified last, one entry each; empty where all is well
     */
    public synchronized List<String> verify() {
        requireOpen();
        if (exists()) {
            again();
        }
        List<String> found = findings.stream().distinct().toList();
        findings.clear();
        return found;
    }

    /**
     * Write everything as it is now into {@code file}, for {@link #restore}; wholly or not at all.
     *
     * @throws PluginException {@code DP-0841} where the file can't be written
     */
    public synchronized void backup(Path file) {
        requireOpen();
        try {
            StoreCopy.create(file, exists() ? copy() : null);
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0841",
                    "The backup of the store could not be written to " + file + ": " + e.getMessage()
                            + ". Name a file in a folder with room that this user may write to.",
                    e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new PluginException("DP-0806", "The store in " + folder + " is closed. Its kernel has ended.");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}
