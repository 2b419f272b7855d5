package io.dataprism.api;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is held open, so that it stays the one that a permission was checked for: whoever replaces it, or a folder on its path, by a link
 * in the meantime leads nobody elsewhere. For plugins that act on files for who calls them, after {@link FileAccess}.
 *
 * <p>Linux gives each open file a name of its own, {@code /proc/self/fd/…}, and tells there where it really is. Other systems know it by
 * its path alone: there, a path that leads elsewhere is noticed when the file is opened and when {@link #requireUnmoved} looks again. Methods block. Close it when done.
 */
public final class PinnedFile implements AutoCloseable {
    private static final Path NAMES = Path.of("/proc/self/fd");
    private static final Path POSITIONS = Path.of("/proc/self/fdinfo");
    private static final boolean NAMED = Files.isDirectory(NAMES) && Files.isDirectory(POSITIONS);
    private static final int TRIES = 8;

    private final FileChannel channel;
    private final Path real;
    private final Path path;

    private PinnedFile(FileChannel channel, Path real, Path path) {
        this.channel = channel;
        this.real = real;
        this.path = path;
    }

    /**
     * Hold a file to be read.
     *
     * @param real where it is, as {@link FileAccess#resolved} told
     * @throws IOException where there is no such file, or the path leads elsewhere by now
     */
    public static PinnedFile open(Path real) throws IOException {
        return pin(real, StandardOpenOption.READ);
    }

    /**
     * Make a file to be written, and hold it.
     *
     * @param real where it is to be, all links resolved
     * @throws IOException where there is such a file, or the path leads elsewhere by now
     */
    public static PinnedFile create(Path real) throws IOException {
        return pin(real, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    private static PinnedFile pin(Path real, StandardOpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(real, options);
        try {
            PinnedFile pinned = new PinnedFile(channel, real, NAMED ? name(channel, real) : real);
            pinned.requireUnmoved();
            return pinned;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The name under which anybody in this process opens just this file. */
    public Path path() {
        return path;
    }

    /** Write what was written to the disk. */
    public void force() throws IOException {
        channel.force(true);
    }

    /** Fails where the path leads elsewhere by now, on systems where {@link #path} does, too. */
    public void requireUnmoved() throws IOException {
        if (!NAMED && !real.toRealPath().equals(real)) {
            throw moved(real);
        }
    }

    private static IOException moved(Path real) {
        return new FileNotFoundException(real + " leads elsewhere than a moment ago");
    }

    /** Java does not tell a channel's descriptor; of those that are open at {@code real} it is the one that stands where the channel is put. */
    private static Path name(FileChannel channel, Path real) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            channel.position(1 + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE - 1));
            Optional<Path> found = onlyOneAt(channel.position(), real);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw moved(real);
    }

    private static Optional<Path> onlyOneAt(long position, Path real) throws IOException {
        Path found = null;
        try (DirectoryStream<Path> names = Files.newDirectoryStream(NAMES)) {
            for (Path name : names) {
                if (isAt(name, position, real)) {
                    if (found != null) {
                        return Optional.empty();
                    }
                    found = name;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean isAt(Path name, long position, Path real) throws IOException {
        try {
            return Files.readSymbolicLink(name).equals(real)
                    && Files.readAllLines(POSITIONS.resolve(name.getFileName())).contains("pos:\t" + position);
        } catch (NoSuchFileException e) {
            // another thread closed its file since the folder was listed
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
