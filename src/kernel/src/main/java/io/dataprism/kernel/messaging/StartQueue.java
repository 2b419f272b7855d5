package io.dataprism.kernel.messaging;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Calls that wait for plugins to be started, each plugin's in their order. Runs them outside its lock. */
final class StartQueue {
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();
    private volatile boolean empty = true;

    /** Whether nobody waits for anything; the usual case, asked before each call. */
    boolean isEmpty() {
        return empty;
    }

    /** Wait for {@code plugin}; whether nobody did before. */
    synchronized boolean add(String plugin, Runnable call) {
        empty = false;
        Queue<Runnable> queue = waiting.get(plugin);
        if (queue != null) {
            queue.add(call);
            return false;
        }
        Queue<Runnable> fresh = new ArrayDeque<>();
        fresh.add(call);
        waiting.put(plugin, fresh);
        return true;
    }

    /** Wait behind those that wait for {@code plugin} already; false when none do. */
    synchronized boolean addBehind(String plugin, Runnable call) {
        Queue<Runnable> queue = waiting.get(plugin);
        return queue != null && queue.add(call);
    }

    /** Run all that wait for {@code plugin}, and those that come meanwhile behind them. */
    void release(String plugin) {
        Runnable call = next(plugin);
        while (call != null) {
            call.run();
            call = next(plugin);
        }
    }

    private synchronized @Nullable Runnable next(String plugin) {
        Queue<Runnable> queue = waiting.get(plugin);
        if (queue == null) {
            return null;
        }
        Runnable call = queue.poll();
        if (call == null) {
            waiting.remove(plugin);
            empty = waiting.isEmpty();
        }
        return call;
    }
}
