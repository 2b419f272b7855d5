package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An event-loop context of our own by Vert.x's supported API: the one that Vert.x makes for a plain thread, and keeps for it. What is
 * registered on that thread belongs to that context.
 */
final class OwnContext implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "dataprism-bus-context");
        made.setDaemon(true);
        return made;
    });
    private final Context context;

    OwnContext(Vertx vertx) {
        this.context = ask(vertx::getOrCreateContext);
    }

    Context context() {
        return context;
    }

    /** Run {@code action} on that thread, and wait for it. It must be short. */
    void run(Runnable action) {
        ask(() -> {
            action.run();
            return context;
        });
    }

    private Context ask(java.util.concurrent.Callable<Context> question) {
        boolean interrupted = false;
        try {
            java.util.concurrent.Future<Context> answer = thread.submit(question);
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    // It is short: the interrupt is for what comes after.
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw new PluginException("DP-0186", "The event bus refused a registration: " + failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
