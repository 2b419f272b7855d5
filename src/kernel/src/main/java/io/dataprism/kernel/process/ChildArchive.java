package io.dataprism.kernel.process;

import io.dataprism.child.Rehearsal;
import io.dataprism.kernel.store.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the classes that every child needs, ready to be mapped into its memory, so that it is there sooner and shares them with the others. Made once, in the background, by a
 * child without a plugin ({@link Rehearsal}), and kept in the node's data folder under a name that is of the JVM and the very jars: others make another one. Where there
 * is none, children start without. Safe to use from any thread.
 */
final class ChildArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ChildArchive.class);

    private static final String PREFIX = "child-";
    private static final String SUFFIX = ".jsa";
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Supplier<List<Path>> jars;
    private final AtomicBoolean begun = new AtomicBoolean();
    private @Nullable Path file;
    private volatile Optional<Path> ready = Optional.empty();

    /**
     * @param folder where it is kept
     * @param jars of children's class path, in order
     */
    ChildArchive(Path folder, Supplier<List<Path>> jars) {
        this.folder = folder;
        this.jars = jars;
    }

    /** The file, where it is there. Looks at the disk as long as it is not. */
    Optional<Path> ready() {
        if (ready.isEmpty()) {
            ready = file().filter(Files::isRegularFile);
        }
        return ready;
    }

    /** See that it is there, by and by. The first call does that, others nothing. */
    void prepare() {
        if (ready().isEmpty() && file().isPresent() && begun.compareAndSet(false, true)) {
            Thread maker = new Thread(this::makeIt, "dataprism-child-archive");
            maker.setDaemon(true);
            maker.start();
        }
    }

    /** Where it is or would be; empty where there can't be one, since the classes come from folders. */
    private synchronized Optional<Path> file() {
        if (file == null) {
            List<Path> all = jars.get();
            if (all.stream().anyMatch(Files::isDirectory)) {
                return Optional.empty();
            }
            try {
                file = folder.resolve(PREFIX + fingerprint(all) + SUFFIX);
            } catch (IOException e) {
                LOG.warn("Children start without an archive of their classes: {}", e.getMessage());
                return Optional.empty();
            }
        }
        return Optional.of(file);
    }

    private void makeIt() {
        try {
            Optional<Path> wanted = file();
            if (wanted.isPresent()) {
                make(wanted.get());
            }
        } catch (IOException e) {
            LOG.warn("Children start without an archive of their classes: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(Path file) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path place = Files.createTempDirectory("dp");
        Path fresh = folder.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            List<String> line = new ArrayList<>(ChildCommand.jvm());
            line.add("-XX:ArchiveClassesAtExit=" + fresh);
            line.addAll(
                    List.of("-cp", ChildCommand.classPath(jars.get()), Rehearsal.class.getName(), place.toString()));
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("told").toFile());
            builder.environment().clear();
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (process.exitValue() != 0 || !Files.isRegularFile(fresh)) {
                throw new IOException("it can't be made (exit value " + process.exitValue() + "): "
                        + Files.readString(place.resolve("told"), StandardCharsets.UTF_8)
                                .strip());
            }
            forgetOthers();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
            Folders.delete(place);
        }
    }

    /** Those of other jars or another JVM. What a child has mapped stays with it. */
    private void forgetOthers() throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path other : others) {
                Files.deleteIfExists(other);
            }
        }
    }

    private static String fingerprint(List<Path> jars) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            StringBuilder all =
                    new StringBuilder(System.getProperty("java.vm.version") + System.getProperty("java.home"));
            for (Path jar : jars) {
                all.append('\n')
                        .append(jar)
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar).toMillis());
            }
            return HexFormat.of().formatHex(digest.digest(all.toString().getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
