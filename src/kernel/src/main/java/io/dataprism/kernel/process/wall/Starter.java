package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that starts children, for as long as the kernel lives: where the system ends a child with its parent, the parent is the thread that started it.
 * Safe to use from any thread; blocks.
 */
final class Starter implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "dataprism-children");
        made.setDaemon(true);
        return made;
    });

    /** Start a process in {@code folder}, with next to nothing in its environment; what it writes to its standard output and error comes by one pipe. */
    Process start(List<String> line, Path folder) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        // So that names of files may have any letters.
        builder.environment().put("LC_ALL", "C.UTF-8");
        return start(builder);
    }

    Process start(ProcessBuilder builder) throws IOException {
        try {
            return thread.submit(builder::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw new IOException("A process can't be started: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a process was started", e);
        }
    }

    /** Those that it started and that end with their parent end now. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
