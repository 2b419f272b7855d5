package io.dataprism.kernel.store;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A backup of what a node stores, in one file: the {@link Store}, and the audit log as far as it was written. It is a zip with {@code format}, {@code store.db} and
 * {@code audit/…}. Artifacts are not in it: their sources are in the configuration. Blocks.
 */
public final class NodeBackup {
    private static final String FORMAT = "format";
    private static final String VERSION = "dataprism-backup 1";
    private static final String STORE = "store.db";
    private static final String AUDIT = "audit/";
    private static final Pattern AUDIT_FILE = Pattern.compile("audit/audit-\\d{18}\\.jsonl");

    private NodeBackup() {}

    /**
     * What {@link #restore} did.
     *
     * @param audit whether the audit log was put back too; one that is there stays
     * @param kept where the store that was there before is now; it is replaced by the next one that is restored
     */
    public record Restored(boolean audit, Path kept) {}

    /**
     * Write {@code store}, which goes on meanwhile, and the files of the audit log in {@code audit} into {@code file}, wholly or not at all.
     *
     * @throws PluginException {@code DP-0857} where that can't be written, or something is there
     */
    public static void write(Path file, Store store, Path audit) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Path copy = file.resolveSibling(file.getFileName() + ".store");
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            try {
                store.backup(copy);
                write(part, copy, audit);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(part);
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

    private static void write(Path part, Path store, Path audit) throws IOException {
        Files.deleteIfExists(part);
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (OutputStream out = Files.newOutputStream(part);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, FORMAT, VERSION.getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry(STORE));
            Files.copy(store, zip);
            zip.closeEntry();
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
     * it.
     *
     * @param folder open, so that no node runs on it
     * @throws PluginException {@code DP-0858} where {@code file} is no backup, or is damaged: then nothing was changed
     */
    public static Restored restore(Path file, DataFolder folder) {
        Path work = folder.work().resolve("restore");
        try {
            Folders.create(work);
            boolean audit;
            try {
                unpack(file, work);
                audit = Files.isDirectory(work.resolve(AUDIT))
                        && files(folder.audit()).isEmpty();
                putBack(work, folder, audit);
            } finally {
                Folders.delete(work);
            }
            return new Restored(audit, kept(folder));
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0858",
                    "The backup " + file + " can't be restored into " + folder.path() + ": " + e
                            + ". Name a file that  store backup  wrote, and see that there is room.",
                    e);
        }
    }

    private static Path kept(DataFolder folder) {
        return folder.path().resolve("store-before-restore");
    }

    private static void unpack(Path file, Path work) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry format = zip.getEntry(FORMAT);
            if (format == null || zip.getEntry(STORE) == null) {
                throw new IOException("it is a zip, but no backup");
            }
            String found = new String(read(zip, format), StandardCharsets.UTF_8);
            if (!found.equals(VERSION)) {
                throw new IOException("it says '" + PluginException.excerpt(found) + "', expected '" + VERSION + "'");
            }
            Files.createDirectories(work);
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().equals(STORE)
                        || AUDIT_FILE.matcher(entry.getName()).matches()) {
                    Path to = work.resolve(entry.getName());
                    Folders.createPrivate(to.resolveSibling(""));
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        }
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(200);
        }
    }

    private static void putBack(Path work, DataFolder folder, boolean audit) throws IOException {
        Folders.createPrivate(folder.store());
        keepBefore(folder);
        Store.restore(work.resolve(STORE), folder.store());
        if (audit) {
            Folders.createPrivate(folder.audit());
            for (Path file : files(work.resolve(AUDIT))) {
                Files.move(file, folder.audit().resolve(file.getFileName()));
            }
        }
    }

    private static void keepBefore(DataFolder folder) throws IOException {
        Path kept = kept(folder);
        Folders.delete(kept);
        Folders.createPrivate(kept);
        try (Stream<Path> all = Files.list(folder.store())) {
            for (Path each : all.toList()) {
                Files.copy(each, kept.resolve(each.getFileName()));
            }
        }
    }
}
