package io.dataprism.kernel.store;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A backup of what a node stores, in one file: the {@link Store}, what plugins store, and the audit log as far as it was written. It is a zip with {@code format},
 * {@code store.db}, {@code storage/<plugin>/…} and {@code audit/…}. Each plugin's part is of a moment of its own. Artifacts are not in it: their sources are in the configuration. Blocks.
 */
public final class NodeBackup {
    private static final String FORMAT = "format";
    private static final String VERSION = "dataprism-backup 2";
    /** It had nothing of what plugins store. */
    private static final String VERSION_1 = "dataprism-backup 1";

    /** A copy of a store. */
    public static final String STORE = "store.db";
    /** Says of a plugin's storage whose it is, where the plugin was removed. */
    public static final String MARK = "left";

    /** What the file that tells of a restore under way says where there was no audit log before. */
    private static final String NO_AUDIT = "no audit log\n";

    private static final String AUDIT = "audit/";
    private static final String STORAGE = "storage/";
    private static final Pattern STORAGE_FILE = Pattern.compile("storage/([^/]+)/(?:store\\.db|left)");
    private static final Pattern AUDIT_FILE = Pattern.compile("audit/audit-\\d{18}\\.jsonl");

    private NodeBackup() {}

    /**
     * What {@link #restore} did.
     *
     * @param audit whether the audit log was put back too; one that is there stays
     * @param storage whether what plugins store was put back; an older version's backup has none of it
     * @param kept where the store that was there before is now; it is replaced by the next one that is restored
     */
    public record Restored(boolean audit, boolean storage, Path kept) {}

    /** What plugins store. */
    @FunctionalInterface
    public interface Storages {
        /** Write what each plugin stores into a folder of its name, as {@link #STORE} and, where there is one, {@link #MARK}. */
        void copy(Path folder);
    }

    /**
     * Write {@code store} and {@code storages}, which go on meanwhile, and the files of the audit log in {@code audit} into {@code file}, wholly or not at all.
     *
     * @throws PluginException {@code DP-0857} where that can't be written, or something is there
     */
    public static void write(Path file, Store store, Path audit, Storages storages) {
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            // Only its owner may enter it.
            Path work = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".backup-");
            try {
                store.backup(work.resolve(STORE));
                storages.copy(work.resolve(STORAGE));
                Path whole = work.resolve("whole");
                write(whole, work, audit);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(work);
            }
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0857",
                    "The backup could not be written to " + file + ": "
                            + (e instanceof FileAlreadyExistsException ? "something is there already" : e.toString())
                            + ". Name a file that is not there, in a folder with room that the node's user may write to.",
                    e);
        }
    }

    private static void write(Path part, Path work, Path audit) throws IOException {
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (OutputStream out = Files.newOutputStream(part);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, FORMAT, VERSION.getBytes(StandardCharsets.US_ASCII));
            put(zip, STORE, work.resolve(STORE));
            for (Path plugin : plugins(work)) {
                for (String name : List.of(STORE, MARK)) {
                    if (Files.exists(plugin.resolve(name))) {
                        put(zip, STORAGE + plugin.getFileName() + "/" + name, plugin.resolve(name));
                    }
                }
            }
            for (Path file : files(audit)) {
                putWhole(zip, file);
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void put(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /** The folders of those plugins that store something. */
    private static List<Path> plugins(Path work) throws IOException {
        Path all = work.resolve(STORAGE);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.sorted().toList();
        }
    }

    /** Oldest first: one that is rotated out meanwhile is vouched for by a later one. */
    private static List<Path> files(Path audit) throws IOException {
        if (!Files.isDirectory(audit)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(audit)) {
            return all.filter(file ->
                            AUDIT_FILE.matcher(AUDIT + file.getFileName()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Its lines that are whole; the last one may be being written. */
    private static void putWhole(ZipOutputStream zip, Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException rotated) {
            return;
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        zip.putNextEntry(new ZipEntry(AUDIT + file.getFileName()));
        zip.write(bytes, 0, end);
        zip.closeEntry();
    }

    /**
     * Put what {@code file} holds in the place of what is in {@code folder}. An audit log that is there stays: what happened since the backup is not undone by
     * it. Where this is ended in between, no node starts on the folder until it was done again; what was there before the first time is kept.
     *
     * @param folder open, so that no node runs on it
     * @throws PluginException {@code DP-0858} where {@code file} is no backup, or is damaged: then nothing was changed
     */
    public static Restored restore(Path file, DataFolder folder) {
        Path work = folder.work().resolve("restore");
        try {
            Folders.create(work);
            boolean audit;
            boolean storage;
            boolean noAudit = hadNoAudit(folder);
            try {
                storage = unpack(file, work);
                audit = noAudit && Files.isDirectory(work.resolve(AUDIT));
                putBack(work, folder, noAudit, storage);
            } finally {
                Folders.delete(work);
            }
            return new Restored(audit, storage, kept(folder));
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0858",
                    "The backup " + file + " can't be restored into " + folder.path() + ": " + e
                            + ". Name a file that  store backup  wrote, and see that there is room.",
                    e);
        }
    }

    /** Before the first restore of those that were ended in between. */
    private static boolean hadNoAudit(DataFolder folder) throws IOException {
        return Files.exists(folder.restoring())
                ? Files.readString(folder.restoring()).equals(NO_AUDIT)
                : files(folder.audit()).isEmpty();
    }

    private static Path kept(DataFolder folder) {
        return folder.path().resolve("store-before-restore");
    }

    /** Whether it has what plugins store. */
    private static boolean unpack(Path file, Path work) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry format = zip.getEntry(FORMAT);
            if (format == null || zip.getEntry(STORE) == null) {
                throw new IOException("it is a zip, but no backup");
            }
            String found = new String(read(zip, format), StandardCharsets.UTF_8);
            if (!found.equals(VERSION) && !found.equals(VERSION_1)) {
                throw new IOException("it says '" + PluginException.excerpt(found) + "', expected '" + VERSION + "'");
            }
            Files.createDirectories(work);
            for (ZipEntry entry : zip.stream().toList()) {
                if (isKnown(entry.getName())) {
                    Path to = work.resolve(entry.getName());
                    Folders.createPrivate(to.resolveSibling(""));
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
            return found.equals(VERSION);
        }
    }

    /** What else is in it is left there. */
    private static boolean isKnown(String name) {
        Matcher stored = STORAGE_FILE.matcher(name);
        return name.equals(STORE)
                || AUDIT_FILE.matcher(name).matches()
                || (stored.matches() && PluginId.isValid(stored.group(1)));
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(200);
        }
    }

    private static void putBack(Path work, DataFolder folder, boolean noAudit, boolean storage) throws IOException {
        Path storages = storage ? storages(work) : work;
        // Whatever is damaged was found by now, but for this one: before anything is changed.
        Path probe = work.resolve("probe");
        Folders.createPrivate(probe);
        Store.restore(work.resolve(STORE), probe);
        Folders.createPrivate(folder.store());
        if (!Files.exists(folder.restoring())) {
            keepBefore(folder, noAudit);
        }
        // From here on only what is kept holds what was there before.
        putStorages(storages, folder, storage);
        Store.restore(work.resolve(STORE), folder.store());
        if (noAudit) {
            putAudit(work.resolve(AUDIT), folder.audit());
        }
        Files.delete(folder.restoring());
        Folders.sync(folder.path());
    }

    /** Once kept, the plugins' storages are in exactly one place: beside, or, where they were not moved yet, their own. */
    private static void putStorages(Path storages, DataFolder folder, boolean storage) throws IOException {
        Path before = kept(folder).resolve("storage");
        if (Files.exists(before)) {
            Folders.delete(folder.storage());
            move(before, folder.storage());
        }
        if (storage) {
            move(folder.storage(), before);
            move(storages, folder.storage());
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(to.resolveSibling(""));
        Folders.sync(from.resolveSibling(""));
    }

    /** In the place of what a restore that was ended in between had put there. */
    private static void putAudit(Path from, Path to) throws IOException {
        for (Path part : files(to)) {
            Files.delete(part);
        }
        List<Path> all = files(from);
        if (all.isEmpty()) {
            return;
        }
        Folders.createPrivate(to);
        for (Path file : all) {
            sync(file);
            Files.move(file, to.resolve(file.getFileName()));
        }
        Folders.sync(to);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** What plugins stored, each as it is on a node. */
    private static Path storages(Path work) throws IOException {
        Path made = work.resolve("storages");
        Folders.createPrivate(made);
        for (Path plugin : plugins(work)) {
            Path to = made.resolve(plugin.getFileName());
            Folders.createPrivate(to);
            try {
                Store.restore(plugin.resolve(STORE), to);
            } catch (PluginException damaged) {
                throw new IOException("what plugin '" + plugin.getFileName() + "' stored is damaged in it", damaged);
            }
            if (Files.exists(plugin.resolve(MARK))) {
                Files.move(plugin.resolve(MARK), to.resolve(MARK));
            }
        }
        return made;
    }

    /** What an earlier restore kept goes: that one was done. Ended in between, all is in its own place still. */
    private static void keepBefore(DataFolder folder, boolean noAudit) throws IOException {
        Path kept = kept(folder);
        Folders.delete(kept);
        Folders.createPrivate(kept);
        try (Stream<Path> all = Files.list(folder.store())) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path copy = kept.resolve(each.getFileName());
                Files.copy(each, copy);
                sync(copy);
            }
        }
        Folders.sync(kept);
        // Even where nothing was stored: so that what is there later tells how far this came.
        Folders.createPrivate(folder.storage());
        Folders.sync(folder.path());
        folder.writeWhole(folder.restoring(), noAudit ? NO_AUDIT : "");
        Folders.sync(folder.path());
    }
}
