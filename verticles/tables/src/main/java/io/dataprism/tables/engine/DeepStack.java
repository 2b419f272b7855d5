package io.dataprism.tables.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what DuckDB reads and plans on a thread with a large stack. DuckDB goes down into a statement level by level and counts the levels, 1,000
 * at most, as fit on a program's first thread; on a thread of the usual size for Java some 300 {@code UNION}s end the process before that.
 */
final class DeepStack {
    private static final long BYTES = 64L << 20;

    private DeepStack() {}

    /** What {@code work} gives or throws. The calling thread waits, also where it is interrupted. */
    static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, "dataprism-tables-statement", BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}
