package io.dataprism.kernel.context;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held while something is done in it: it is done in the folder that was judged, whatever anybody puts at its path meanwhile. It is entered
 * from the root, a step after the other, and no link is followed, since a place that was judged has none. Where the file system can't do that, or a folder on the way
 * may be passed but not read, paths are used as they are. Blocks.
 */
final class HeldFolder implements Closeable {
    private final Path path;
    private final @Nullable SecureDirectoryStream<Path> held;

    private HeldFolder(Path path, @Nullable SecureDirectoryStream<Path> held) {
        this.path = path;
        this.held = held;
    }

    /** @param folder absolute, without links */
    @SuppressWarnings("StreamResourceLeak") // each is closed once the next one is entered, and the last with this
    static HeldFolder of(Path folder) throws IOException {
        DirectoryStream<Path> root = Files.newDirectoryStream(folder.getRoot());
        if (!(root instanceof SecureDirectoryStream<Path> here)) {
            root.close();
            return new HeldFolder(folder, null);
        }
        for (Path name : folder) {
            try (SecureDirectoryStream<Path> above = here) {
                here = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            } catch (AccessDeniedException unreadable) {
                return new HeldFolder(folder, null);
            }
        }
        return new HeldFolder(folder, here);
    }

    /**
     * Make a folder and those above it that are missing. Each is made by a name that nobody can guess, is seen to be in the folder that is held, and is given its own
     * name there; what was made elsewhere, since something was put in that folder's place just then, is empty, and removed.
     *
     * @param folder absolute, without links as far as it exists
     */
    static void make(Path folder) throws IOException {
        Path below = folder.getRoot();
        for (Path name : folder) {
            try (HeldFolder above = of(below)) {
                Optional<BasicFileAttributes> found = above.find(name);
                if (found.isEmpty()) {
                    above.makeIn(name);
                } else if (!found.get().isDirectory()) {
                    throw new FileAlreadyExistsException(below.resolve(name).toString());
                }
            }
            below = below.resolve(name);
        }
    }

    /** Make a folder that is not there. */
    void makeIn(Path name) throws IOException {
        if (held == null) {
            Files.createDirectories(path.resolve(name));
            return;
        }
        Path part = name.resolveSibling("." + UUID.randomUUID() + ".part");
        Path made = Files.createDirectory(path.resolve(part));
        if (find(part).isEmpty()) {
            Files.deleteIfExists(made);
            throw new NoSuchFileException(path.toString(), null, "another folder was put in its place");
        }
        try {
            held.move(part, held, name);
        } catch (IOException e) {
            held.deleteDirectory(part);
            // Somebody else was first.
            if (find(name).filter(BasicFileAttributes::isDirectory).isEmpty()) {
                throw e;
            }
        }
    }

    /** What stands there by that name, be it a link; empty where nothing does. */
    Optional<BasicFileAttributes> find(Path name) throws IOException {
        try {
            return Optional.of(
                    held == null
                            ? Files.readAttributes(
                                    path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            : held.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                                    .readAttributes());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The names of what is in it; to be asked for once. */
    Iterator<Path> names() throws IOException {
        if (held != null) {
            return held.iterator();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            Set<Path> names = new HashSet<>();
            all.forEach(names::add);
            return names.iterator();
        }
    }

    /** Open a file, and no link. */
    FileChannel open(Path name, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        if (held == null) {
            return FileChannel.open(path.resolve(name), all);
        }
        SeekableByteChannel channel = held.newByteChannel(name, all);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("this file system has no channels that can be brought to the disk");
    }

    /** Give {@code from} the name {@code to}, in place of what has it. */
    void rename(Path from, Path to) throws IOException {
        if (held == null) {
            Files.move(
                    path.resolve(from),
                    path.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            held.move(from, held, to);
        }
    }

    /** Delete a file, a link or an empty folder; whether it was there. */
    boolean delete(Path name) throws IOException {
        if (held == null) {
            return Files.deleteIfExists(path.resolve(name));
        }
        Optional<BasicFileAttributes> found = find(name);
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().isDirectory()) {
            held.deleteDirectory(name);
        } else {
            held.deleteFile(name);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (held != null) {
            held.close();
        }
    }
}
