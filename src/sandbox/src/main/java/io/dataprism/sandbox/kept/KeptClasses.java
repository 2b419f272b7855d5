package io.dataprism.sandbox.kept;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What guarding made of one loader's classes, from one start to the next. It is read from a file when the first class is asked for, held while classes are
 * loaded, and written by a thread that nobody waits for, or when the loader is closed. A file that is damaged, or of another key, counts as none. Safe to use
 * from any thread, in several processes on one folder.
 */
public final class KeptClasses {
    /** To guard fewer than these anew takes less time than to write the file again. */
    static final int LEAST_NEW = 16;

    private static final int MOST_BYTES = 32 << 20;

    private final Path folder;
    private final Path file;
    private final byte[] key;
    private final Consumer<String> log;
    /** Held while the file is written; never taken with the lock of this object held. */
    private final Object writing = new Object();

    private volatile @Nullable KeptFile content;

    /** Guarded by this. */
    private Map<String, Verdict> added = new HashMap<>();

    private int addedBytes;
    private int guarded;
    private boolean distrusted;

    private KeptClasses(Path folder, byte[] key, Consumer<String> log) {
        this.folder = folder;
        this.file = folder.resolve(HexFormat.of().formatHex(key, 0, 8) + KeptFiles.ENDING);
        this.key = key;
        this.log = log;
    }

    /**
     * Those in a folder. Empty where this JVM's guard can't be told from others.
     *
     * @param folder which is there as long as something is to be kept; nobody else must be able to write into it
     * @param content tells these classes, and those that they are linked with, from all others, see {@link KeptKey#content}
     * @param log gets a line where the file was of no use or could not be written
     */
    public static Optional<KeptClasses> in(Path folder, String content, Consumer<String> log) {
        Optional<byte[]> key = KeptKey.of(content);
        if (key.isEmpty()) {
            log.accept("No guarded classes are kept: it can't be told which build of the guard this is.");
        }
        return key.map(known -> new KeptClasses(folder, known, log));
    }

    /** What to define for a class whose file has {@code bytes}, maybe these themselves; null where that is not known. */
    public byte @Nullable [] of(String className, byte[] bytes) {
        Verdict verdict = content().of(className);
        return verdict == null ? null : verdict.applied(bytes);
    }

    /** Keep what guarding made of {@code bytes}. */
    public synchronized void add(String className, byte[] bytes, byte[] made) {
        guarded++;
        if (!distrusted && addedBytes <= MOST_BYTES) {
            added.put(className, Verdict.of(bytes, made));
            addedBytes += bytes == made ? 0 : made.length;
        }
    }

    /** A class that others are linked with could not be read, which may be otherwise the next time: from now on nothing is kept. */
    public synchronized void distrust() {
        distrusted = true;
    }

    /** How many classes were not known. */
    public synchronized int guarded() {
        return guarded;
    }

    private KeptFile content() {
        KeptFile known = content;
        if (known == null) {
            known = read();
            content = known;
        }
        return known;
    }

    /** By a stream that no interruption of the plugin's thread closes. */
    private KeptFile read() {
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = in.readNBytes(2 * MOST_BYTES);
            Optional<KeptFile> whole = KeptFile.of(bytes, key);
            if (whole.isEmpty()) {
                log.accept("The kept classes " + file + " are damaged; they are guarded anew.");
            }
            return whole.orElse(KeptFile.EMPTY);
        } catch (FileNotFoundException none) {
            return KeptFile.EMPTY;
        } catch (IOException e) {
            log.accept("The kept classes " + file + " can't be read, and are guarded anew: " + e);
            return KeptFile.EMPTY;
        }
    }

    /** Whether there is a verdict on a class, maybe on other bytes. */
    public boolean knows(String className) {
        return content().of(className) != null;
    }

    /** Let go of what was read, and have what is new written. To be called when no class was loaded for a while; does not block. */
    public void rest() {
        content = null;
        keep();
    }

    /** Have what is new written, where that is enough. Does not block. */
    public void keep() {
        if (isWorthWriting()) {
            KeptFiles.later(this::write);
        }
    }

    private synchronized boolean isWorthWriting() {
        return added.size() >= LEAST_NEW;
    }

    /** Write what is new, where that is enough, and wait for whoever writes it already. Blocks. */
    public void close() {
        content = null;
        write();
    }

    private void write() {
        synchronized (writing) {
            if (isWorthWriting()) {
                write(taken());
            }
        }
    }

    private void write(Map<String, Verdict> fresh) {
        Map<String, Verdict> all = new HashMap<>(read().all());
        all.putAll(fresh);
        long bytes = all.values().stream().mapToLong(Verdict::length).sum();
        if (bytes > MOST_BYTES) {
            log.accept("The guarded classes of " + folder + " are not kept: they take " + bytes + " bytes; "
                    + MOST_BYTES + " are the most.");
            return;
        }
        Path unfinished = folder.resolve(UUID.randomUUID() + KeptFiles.UNFINISHED);
        try {
            Files.write(unfinished, KeptFile.write(key, all));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            KeptFiles.tidy(folder);
        } catch (IOException e) {
            log.accept("The guarded classes of " + folder + " can't be kept: " + e);
            discard(unfinished);
        }
    }

    private synchronized Map<String, Verdict> taken() {
        Map<String, Verdict> taken = added;
        added = new HashMap<>();
        addedBytes = 0;
        return taken;
    }

    private void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            log.accept("The file " + unfinished + " is left: " + e);
        }
    }
}
