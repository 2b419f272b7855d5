package io.dataprism.kernel.store;

import io.dataprism.api.PluginException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A node's data folder, locked while this is open. Opening and closing block.
 *
 * <p>In it: {@code lock} (held by the kernel, names its process), {@code format} (the version of everything here), {@code artifacts/}
 * (the registry's), {@code work/} (the plugins' temporary files), {@code operator.token} (what the operator shows on the event
 * bus), {@code store/} (see {@link Store}), {@code audit/} (the audit log),
 * {@code storage/} (what plugins store), {@code children/} (what plugins' processes share), {@code restoring} (while a backup is put back, see {@link NodeBackup#restore}).
 */
public final class DataFolder implements Closeable {
    /** The version that this kernel writes. */
    public static final int FORMAT = 1;

    /** The byte of the lock file that is locked: behind what it says of its owner, which Windows would let nobody else read. */
    private static final long LOCKED = 1L << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final boolean temporary;

    private DataFolder(Path path, FileChannel channel, FileLock lock, boolean temporary) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.temporary = temporary;
    }

    /**
     * Open and lock the folder at {@code path}, which is made where it is missing, for its owner only.
     *
     * @throws PluginException {@code DP-0807} where another kernel has it, {@code DP-0808} where a newer one wrote it, {@code DP-0809} where
     *     it can't be used, {@code DP-0962} where a backup was put back in part only
     */
    public static DataFolder open(Path path) {
        DataFolder folder = openToRestore(path);
        if (Files.exists(folder.restoring())) {
            PluginException halfway = new PluginException(
                    "DP-0962",
                    "The data folder " + folder.path
                            + " holds a part of a backup: putting it back was ended in between."
                            + " Say  store restore  again, with that backup or another. What was stored before is kept in"
                            + " 'store-before-restore' there.");
            closeQuietly(folder, halfway);
            throw halfway;
        }
        return folder;
    }

    /** The same for {@link NodeBackup#restore}, which may have been ended in between. */
    public static DataFolder openToRestore(Path path) {
        return open(path.toAbsolutePath().normalize(), false);
    }

    /** A new folder that {@link #close} deletes. */
    public static DataFolder temporary() {
        try {
            return open(Files.createTempDirectory("dataprism-"), true);
        } catch (IOException e) {
            throw unusable(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static DataFolder open(Path path, boolean temporary) {
        FileChannel channel = null;
        try {
            Folders.createPrivate(path);
            channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            DataFolder folder = new DataFolder(path, channel, lock(path, channel, temporary), temporary);
            folder.requireFormat();
            Folders.createPrivate(folder.work());
            return folder;
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw unusable(path, e);
        } catch (PluginException e) {
            closeQuietly(channel, e);
            throw e;
        }
    }

    private static void closeQuietly(@Nullable Closeable open, Exception failure) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static FileLock lock(Path path, FileChannel channel, boolean temporary) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED, 1, false);
            if (lock != null) {
                writeOwner(channel, temporary);
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw locked(
                    path,
                    "another kernel of this process (" + ProcessHandle.current().pid() + ")");
        }
        String pid = readOwner(channel);
        boolean here = ProcessHandle.of(pid.isEmpty() ? 0 : Long.parseLong(pid)).isPresent();
        throw locked(
                path,
                here
                        ? "process " + pid
                        : "a process that is not of this machine, or that this user may not see"
                                + (pid.isEmpty() ? "" : " (" + pid + " there)"));
    }

    private static void writeOwner(FileChannel channel, boolean temporary) throws IOException {
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        if (!temporary) {
            channel.force(false);
        }
    }

    private static String readOwner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        int length = channel.read(text, 0);
        String pid = length <= 0 ? "" : new String(text.array(), 0, length, StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]{1,18}") ? pid : "";
    }

    private static PluginException locked(Path path, String owner) {
        return new PluginException(
                "DP-0807",
                "The data folder " + path + " is in use by " + owner + ". Stop that node, or give this one another data"
                        + " folder.");
    }

    private static PluginException unusable(Path path, IOException cause) {
        return new PluginException(
                "DP-0809",
                "The data folder " + path + " cannot be used: " + cause
                        + ". Check that it is a folder that this user may" + " write to.",
                cause);
    }

    private void requireFormat() throws IOException {
        Path file = path.resolve("format");
        String found = Files.exists(file) ? Files.readString(file).strip() : "";
        // An empty file is what a node leaves behind that was killed when it had just made it.
        if (found.isEmpty()) {
            writeWhole(file, FORMAT + "\n");
            return;
        }
        if (!found.equals(String.valueOf(FORMAT))) {
            throw new PluginException(
                    "DP-0808",
                    "The data folder " + path + " has format '" + PluginException.excerpt(found)
                            + "', but this kernel knows" + " format " + FORMAT
                            + ". Use the version of the kernel that wrote it or a newer one.");
        }
    }

    public Path path() {
        return path;
    }

    /** Whether {@link #close} deletes it; then nothing in it need outlive a crash, and nothing waits for the disk. */
    public boolean isTemporary() {
        return temporary;
    }

    /** Where each plugin gets a folder for temporary files. */
    public Path work() {
        return path.resolve("work");
    }

    /** Where the {@link Store} is. */
    public Path store() {
        return path.resolve("store");
    }

    /** Where plugins store. */
    public Path storage() {
        return path.resolve("storage");
    }

    /** Where the audit log is. */
    public Path audit() {
        return path.resolve("audit");
    }

    /** A file that is there while a backup is being put back. */
    Path restoring() {
        return path.resolve("restoring");
    }

    /** Whether {@link #operatorToken} was made before. */
    public boolean hasOperatorToken() {
        return Files.exists(path.resolve("operator.token"));
    }

    /**
     * What the operator shows on the event bus: made once, readable by the owner of the folder only.
     */
    public String operatorToken() {
        Path file = path.resolve("operator.token");
        try {
            String token = Files.exists(file) ? Files.readString(file).strip() : "";
            return token.isEmpty() ? makeToken(file) : token;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private String makeToken(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        writeWhole(file, token);
        return token;
    }

    /** Write a file that only its owner may read, wholly or not at all: a part of a token would be a token that can be guessed. */
    void writeWhole(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (!temporary) {
                channel.force(true);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Give the folder back; a temporary one is deleted. */
    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
        if (temporary) {
            Folders.delete(path);
        }
    }
}
