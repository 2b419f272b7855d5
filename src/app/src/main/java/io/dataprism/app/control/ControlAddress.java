package io.dataprism.app.control;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a node's control socket is: {@code control/socket} in its data folder. A socket's path may be 100 bytes long on the
 * systems that DataPrism runs on; where the data folder lies deeper, the socket is in a temporary folder and {@code control/address}
 * says which.
 */
public final class ControlAddress {
    private static final int LONGEST = 100;
    /** How the temporary folders begin that a socket may be in. */
    private static final String ELSEWHERE = "dataprism-control-";

    private final Path folder;

    private ControlAddress(Path folder) {
        this.folder = folder;
    }

    public static ControlAddress in(Path dataFolder) {
        return new ControlAddress(dataFolder.toAbsolutePath().normalize().resolve("control"));
    }

    /** Make way for a new socket and say where to bind it. The caller holds the lock on the data folder. */
    Path prepare() {
        try {
            makePrivate(folder);
            clear(); // what a node that was killed has left
            Path socket = folder.resolve("socket");
            Files.deleteIfExists(socket);
            if (fits(socket)) {
                return socket;
            }
            Path temporary = Files.createTempDirectory(ELSEWHERE);
            makePrivate(temporary);
            Path elsewhere = temporary.resolve("socket");
            Files.writeString(pointer(), elsewhere.toString());
            return elsewhere;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-0933",
                    "The control socket's folder " + folder + " cannot be made: " + e
                            + ". Let the node's user own and write the data folder.",
                    e);
        }
    }

    /** Nobody but its owner may open {@code socket}. */
    static void protect(Path socket) throws IOException {
        if (isPosix()) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Where the running node listens, if one does. */
    Path current() {
        try {
            return Files.exists(pointer())
                    ? Path.of(
                            Files.readString(pointer(), StandardCharsets.UTF_8).strip())
                    : folder.resolve("socket");
        } catch (IOException e) {
            return folder.resolve("socket");
        }
    }

    /** Take the socket away. */
    void clear() throws IOException {
        Path socket = current();
        Files.deleteIfExists(socket);
        Path parent = socket.resolveSibling("");
        if (Files.deleteIfExists(pointer()) && parent.getFileName().toString().startsWith(ELSEWHERE)) {
            Files.deleteIfExists(parent);
        }
    }

    private Path pointer() {
        return folder.resolve("address");
    }

    private static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    private static void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder);
        }
        if (isPosix()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return current().toString();
    }
}
