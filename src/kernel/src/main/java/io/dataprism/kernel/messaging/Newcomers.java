package io.dataprism.kernel.messaging;

import io.vertx.core.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The nodes that have come since this one joined, or come back after they were apart: each is asked for what this node missed until it has
 * answered. Who is a member already need not be known to the bus yet, so it is asked several times, at doubling distances; after about two
 * minutes it is taken for one that runs no kernel. All but {@link #watch} and {@link #close} is of the context.
 */
final class Newcomers {
    private static final long FIRST_MILLIS = 500;
    private static final int MOST_ASKED = 8;

    private final Context context;
    /** Who has not answered yet, with the timer for asking once more. */
    private final Map<String, Long> waiting = new HashMap<>();

    private Consumer<String> asks = node -> {};
    private Runnable stopListening = () -> {};
    private boolean closed;

    Newcomers(Context context) {
        this.context = context;
    }

    /** How to ask one; before anything is watched. */
    void ask(Consumer<String> how) {
        asks = how;
    }

    synchronized void watch(RemoteTrust trust) {
        stopListening.run();
        stopListening = trust.onArrival(node -> context.runOnContext(go -> came(node)));
    }

    synchronized void close() {
        stopListening.run();
        stopListening = () -> {};
        context.runOnContext(go -> end());
    }

    private void end() {
        closed = true;
        waiting.keySet().stream().toList().forEach(this::answered);
    }

    private void came(String node) {
        answered(node);
        ask(node, 0);
    }

    private void ask(String node, int before) {
        waiting.remove(node);
        if (closed || before == MOST_ASKED) {
            return;
        }
        asks.accept(node);
        long timer = context.owner().setTimer(FIRST_MILLIS << before, due -> ask(node, before + 1));
        waiting.put(node, timer);
    }

    /** {@code node} has told all. */
    void answered(String node) {
        Long timer = waiting.remove(node);
        if (timer != null) {
            context.owner().cancelTimer(timer);
        }
    }
}
