package io.dataprism.sandbox;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar that is open only while it is read now and then: an open one costs a file handle, which systems give few of, and some 40 KB of memory
 * outside the heap. It must stay as it was when it was first opened. Safe to use from any thread.
 */
final class RestingJar implements Closeable {
    private final Path file;
    private final long size;
    private final FileTime written;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable JarFile open;
    private int users;
    private boolean usedLately;
    /** Another one for who may keep it, and hold its monitor for ever: nobody else's work hangs on that. */
    private @Nullable JarFile lent;

    private boolean closed;

    RestingJar(Path file) throws IOException {
        this.file = file;
        BasicFileAttributes now = attributes(file);
        this.size = now.size();
        this.written = now.lastModifiedTime();
        this.open = open(file);
    }

    /** Something that is done with the open jar, of which nothing is kept. */
    interface Use<T> {
        @Nullable
        T of(JarFile open) throws IOException;
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static JarFile open(Path file) throws IOException {
        return new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    }

    <T> @Nullable T with(Use<T> use) throws IOException {
        JarFile taken = take();
        try {
            return use.of(taken);
        } finally {
            giveBack();
        }
    }

    private JarFile take() throws IOException {
        lock.lock();
        try {
            JarFile taken = opened();
            users++;
            usedLately = true;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
    }

    /** An entry's bytes, during which it stays open; null where there is no such entry. */
    @Nullable
    InputStream stream(String name) throws IOException {
        JarFile taken = take();
        InputStream stream = null;
        try {
            ZipEntry entry = taken.getEntry(name);
            stream = entry == null ? null : new Reading(taken.getInputStream(entry));
            return stream;
        } finally {
            if (stream == null) {
                giveBack();
            }
        }
    }

    /** A stream that ends a use when it is closed. */
    private final class Reading extends FilterInputStream {
        private final AtomicBoolean ended = new AtomicBoolean();

        Reading(InputStream from) {
            super(from);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                if (ended.compareAndSet(false, true)) {
                    giveBack();
                }
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("it was closed");
        }
    }

    private JarFile opened() throws IOException {
        requireOpen();
        JarFile known = open;
        if (known == null) {
            requireUnchanged();
            known = open(file);
            open = known;
        }
        return known;
    }

    private void requireUnchanged() throws IOException {
        BasicFileAttributes now = attributes(file);
        if (now.size() != size || !now.lastModifiedTime().equals(written)) {
            throw new IOException("it was changed while its plugin is loaded");
        }
    }

    /** A jar for somebody who may keep it, the same each time: it stays open until {@link #close}. */
    JarFile lend() throws IOException {
        lock.lock();
        try {
            JarFile known = lent;
            if (known == null) {
                requireOpen();
                requireUnchanged();
                known = open(file);
                lent = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Close it for the time being where it was not used since this was last called. Whether it is open still. Waits for nobody: while another thread opens
     * it, which may take as long as its disk does, it is in use.
     */
    boolean rest() throws IOException {
        if (!lock.tryLock()) {
            return true;
        }
        try {
            return rested();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private boolean rested() throws IOException {
        JarFile idle = open;
        if (idle == null) {
            return false;
        }
        if (users > 0 || usedLately) {
            usedLately = false;
            return true;
        }
        open = null;
        idle.close();
        return false;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            JarFile last = open;
            open = null;
            if (last != null) {
                last.close();
            }
        } finally {
            try {
                returnLent();
            } finally {
                lock.unlock();
            }
        }
    }

    /** By a thread of its own, which whoever holds its monitor holds up alone. */
    private void returnLent() {
        JarFile borrowed = lent;
        lent = null;
        if (borrowed != null) {
            Thread closing = new Thread(() -> close(borrowed), "dataprism-closes-" + file.getFileName());
            closing.setDaemon(true);
            closing.setContextClassLoader(RestingJar.class.getClassLoader());
            closing.start();
        }
    }

    private static void close(JarFile borrowed) {
        try {
            borrowed.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A jar that a plugin was lent could not be closed", e);
        }
    }
}
