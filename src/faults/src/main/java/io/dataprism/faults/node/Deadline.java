package io.dataprism.faults.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets nobody wait for a node for longer than he means to. */
final class Deadline {
    private Deadline() {}

    /** What {@code asked} answers, on a thread of its own, which is left behind where it takes longer. */
    static <T> T within(Duration most, String what, Supplier<T> asked) {
        CompletableFuture<T> answer = onOwnThread(what, asked);
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("No answer to '" + what + "' within " + most.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static <T> CompletableFuture<T> onOwnThread(String name, Supplier<T> asked) {
        return CompletableFuture.supplyAsync(asked, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        });
    }
}
