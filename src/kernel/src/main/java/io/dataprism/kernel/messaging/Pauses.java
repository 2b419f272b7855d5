package io.dataprism.kernel.messaging;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** Waits for some time, which end early with the node's messaging: whoever pauses goes on then, and finds that it has ended. Safe to use from any thread. */
final class Pauses {
    private final Vertx vertx;
    /** Those that are under way, by their timers. Guarded by itself. */
    private final Map<Long, Promise<Void>> underWay = new HashMap<>();

    private volatile boolean closed;

    Pauses(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes in {@code party}'s slices after {@code millis}. */
    Future<Void> pause(Party party, long millis) {
        Promise<Void> over = party.promise();
        synchronized (underWay) {
            underWay.put(vertx.setTimer(millis, timer -> over(timer, over)), over);
        }
        if (closed) {
            endAll();
        }
        return over.future();
    }

    private void over(long timer, Promise<Void> pause) {
        synchronized (underWay) {
            underWay.remove(timer);
        }
        pause.tryComplete();
    }

    void close() {
        closed = true;
        endAll();
    }

    private void endAll() {
        Map<Long, Promise<Void>> ended;
        synchronized (underWay) {
            ended = Map.copyOf(underWay);
            underWay.clear();
        }
        ended.forEach((timer, pause) -> {
            vertx.cancelTimer(timer);
            pause.tryComplete();
        });
    }
}
