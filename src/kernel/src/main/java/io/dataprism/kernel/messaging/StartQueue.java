package io.dataprism.kernel.messaging;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for plugins to be started, each plugin's in their order. The first of each asks for the start; where it is not one that
 * starts the plugin, it leaves, and the next one asks. Runs them outside its lock.
 */
final class StartQueue {
    private final Map<String, Queue<Waiting>> waiting = new HashMap<>();
    private volatile boolean empty = true;

    /** A call that waits for its plugin. */
    interface Waiting {
        /** Ask for the start; then {@link StartQueue#release}, {@link StartQueue#giveUp} or {@link StartQueue#leave} says how it went. */
        void ask();

        /** Make the call, or fail it where its plugin does not run. */
        void go();
    }

    /** Whether nobody waits for anything; the usual case, asked before each call. */
    boolean isEmpty() {
        return empty;
    }

    /** Wait for {@code plugin}; whether nobody did before, so that this one asks for the start. */
    synchronized boolean add(String plugin, Waiting call) {
        empty = false;
        Queue<Waiting> queue = waiting.get(plugin);
        if (queue != null) {
            queue.add(call);
            return false;
        }
        Queue<Waiting> fresh = new ArrayDeque<>();
        fresh.add(call);
        waiting.put(plugin, fresh);
        return true;
    }

    /** Wait behind those that wait for {@code plugin} already; false when none do. */
    synchronized boolean addBehind(String plugin, Waiting call) {
        Queue<Waiting> queue = waiting.get(plugin);
        return queue != null && queue.add(call);
    }

    /** {@code plugin} runs: make all calls that wait for it, and those that come meanwhile behind them. */
    void release(String plugin) {
        Waiting call = next(plugin);
        while (call != null) {
            call.go();
            call = next(plugin);
        }
    }

    /** The start that {@code first} asked for came to nothing: those that wait for it fail. Whoever comes meanwhile asks anew. */
    void giveUp(String plugin, Waiting first) {
        takeAll(plugin, first).forEach(Waiting::go);
    }

    /** {@code first} asked, and is no call that starts {@code plugin}: it fails, and the next one asks. */
    void leave(String plugin, Waiting first) {
        Waiting following;
        synchronized (this) {
            Queue<Waiting> queue = waiting.get(plugin);
            if (queue == null || queue.peek() != first) {
                return;
            }
            queue.poll();
            following = queue.peek();
            if (following == null) {
                remove(plugin);
            }
        }
        first.go();
        if (following != null) {
            following.ask();
        }
    }

    private synchronized @Nullable Waiting next(String plugin) {
        Queue<Waiting> queue = waiting.get(plugin);
        if (queue == null) {
            return null;
        }
        Waiting call = queue.poll();
        if (call == null) {
            remove(plugin);
        }
        return call;
    }

    /** What waits for the start of {@code first}; nothing where somebody has released that one. */
    private synchronized Queue<Waiting> takeAll(String plugin, Waiting first) {
        Queue<Waiting> queue = waiting.get(plugin);
        if (queue == null || queue.peek() != first) {
            return new ArrayDeque<>();
        }
        remove(plugin);
        return queue;
    }

    private void remove(String plugin) {
        waiting.remove(plugin);
        empty = waiting.isEmpty();
    }
}
