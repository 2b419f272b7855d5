package io.dataprism.attacks.host;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A program of the host that runs beside it until it is ended, or until the host's JVM is gone. Its command line holds a word. */
final class Companion implements AutoCloseable {
    private final Process process;

    Companion(String word) {
        try {
            // It reads what nobody writes: where this JVM ends, however it does, that ends, too.
            process = new ProcessBuilder("sh", "-c", "cat; : " + word).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int pid() {
        return (int) process.pid();
    }

    boolean isIntact() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
