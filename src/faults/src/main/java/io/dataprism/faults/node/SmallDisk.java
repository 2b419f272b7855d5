package io.dataprism.faults.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small disk of its own in memory, where one can be mounted; else a plain folder of a large one. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;
    private final boolean real;
    private Optional<Path> filler = Optional.empty();

    private SmallDisk(Path folder, boolean real) {
        this.folder = folder;
        this.real = real;
    }

    /** One in a new folder of {@code parent}. */
    public static SmallDisk in(Path parent, int megabytes) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(parent.resolve("disk"));
        boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        return new SmallDisk(folder, mounted);
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    public Path folder() {
        return folder;
    }

    /** Whether it has an end that can be reached. */
    public boolean isReal() {
        return real;
    }

    /** Leave no room on it. */
    public void fill() throws IOException {
        if (!real) {
            throw new IOException("No small disk could be mounted, and the large one is not filled.");
        }
        Path file = folder.resolve("filler");
        filler = Optional.of(file);
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(block);
            }
        }
    }

    /** Give the room back. */
    public void free() throws IOException {
        Files.delete(filler.orElseThrow());
        filler = Optional.empty();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (real && !succeeds("umount", "-l", folder.toString())) {
            throw new IOException(folder + " could not be unmounted.");
        }
    }
}
