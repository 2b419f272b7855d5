package io.dataprism.kernel.vertx;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the futures of one plugin complete that has no slices any more. Each takes the monitor of an object that the plugin had, which it may hold for ever:
 * so that is done by a thread of its own, which there is only while there is something to complete. Safe to use from any thread.
 */
final class Afterlife implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Afterlife.class);

    private final String name;
    private final Queue<Runnable> left = new ArrayDeque<>();
    private boolean running;

    /** @param name of the thread */
    Afterlife(String name) {
        this.name = name;
    }

    @Override
    public synchronized void execute(Runnable completion) {
        left.add(completion);
        if (!running) {
            Thread thread = new Thread(this::completeAll, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(Afterlife.class.getClassLoader());
            thread.start();
            // Not where there is no thread to be had: the next one is for this as well
            running = true;
        }
    }

    private void completeAll() {
        Runnable next = next();
        while (next != null) {
            run(next);
            next = next();
        }
    }

    private void run(Runnable completion) {
        try {
            completion.run();
        } catch (Throwable thrown) {
            // By a listener of the plugin's, of which nothing is asked any more
            LOG.warn(
                    "{}: what waited for a future failed: {}",
                    name,
                    thrown.getClass().getName());
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = left.poll();
        running = next != null;
        return next;
    }
}
