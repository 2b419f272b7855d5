package io.dataprism.app.control;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.kernel.text.IoCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a node's control socket is: {@code control/socket} in its data folder. A socket's path may be 100 bytes long on the
 * systems that DataPrism runs on; where the data folder lies deeper, the socket is in a temporary folder and {@code control/address}
 * says which.
 */
public final class ControlAddress {
    private static final int LONGEST = 100;
    private static final String NAME = "socket";
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
            Path socket = folder.resolve(NAME);
            if (fits(socket)) {
                return socket;
            }
            Path temporary = Files.createTempDirectory(ELSEWHERE);
            makePrivate(temporary);
            Path elsewhere = temporary.resolve(NAME);
            writePointer(elsewhere);
            return elsewhere;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-0933",
                    "The control socket's folder " + folder + " cannot be made: " + IoCause.of(e)
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

    /** Wholly or not at all: a part of it would lead to something else. */
    private void writePointer(Path socket) throws IOException {
        Path part = folder.resolve("address.part");
        Files.writeString(part, socket.toString());
        Files.move(part, pointer(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where the running node listens, if one does. */
    Path current() {
        return elsewhere().orElseGet(() -> folder.resolve(NAME));
    }

    /** The socket that the pointer leads to. What was not written here, or not to its end, leads nowhere. */
    private Optional<Path> elsewhere() {
        try {
            Path socket =
                    Path.of(Files.readString(pointer(), StandardCharsets.UTF_8).strip());
            String parent = String.valueOf(socket.resolveSibling("").getFileName());
            boolean ours = socket.isAbsolute() && socket.endsWith(NAME) && parent.startsWith(ELSEWHERE);
            return ours ? Optional.of(socket) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Take the socket away. */
    void clear() throws IOException {
        Optional<Path> elsewhere = elsewhere();
        if (elsewhere.isPresent()) {
            Files.deleteIfExists(elsewhere.get());
            Files.deleteIfExists(elsewhere.get().resolveSibling(""));
        }
        Files.deleteIfExists(folder.resolve(NAME));
        Files.deleteIfExists(pointer());
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
