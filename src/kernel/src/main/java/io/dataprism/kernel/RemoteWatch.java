package io.dataprism.kernel;

import io.dataprism.kernel.traffic.Traffic;
import io.dataprism.kernel.traffic.Watch;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A watch whose reader is elsewhere, and asks for what is new. Safe to use from any thread. */
final class RemoteWatch {
    private static final int AT_ONCE = 500;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private final Vertx vertx;
    // Guarded by this.
    private @Nullable Watch watch;
    private @Nullable Promise<Void> asking;
    private long asked = System.nanoTime();

    RemoteWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    synchronized void open(Traffic traffic, String who, WatchOptions options) {
        watch = traffic.watch(who, options, this::wake);
    }

    /** On the thread of some sender: who asks is answered on another. */
    private void wake() {
        Promise<Void> waiting;
        synchronized (this) {
            waiting = asking;
            asking = null;
        }
        if (waiting != null) {
            vertx.runOnContext(go -> waiting.tryComplete());
        }
    }

    /** What waits; where nothing does, what comes within {@code millis}. */
    Future<JsonObject> next(long millis) {
        Promise<Void> more = Promise.promise();
        synchronized (this) {
            asked = System.nanoTime();
            if (watch == null || !watch.isEmpty() || millis <= 0) {
                return Future.succeededFuture(taken());
            }
            asking = more;
        }
        long timer = vertx.setTimer(Math.min(millis, LONGEST_WAIT_MILLIS), late -> more.tryComplete());
        return more.future().map(any -> {
            vertx.cancelTimer(timer);
            return taken();
        });
    }

    private synchronized JsonObject taken() {
        asked = System.nanoTime();
        JsonArray lines = new JsonArray();
        long dropped = 0;
        if (watch != null) {
            watch.take(AT_ONCE).forEach(line -> lines.add(line.toJson()));
            dropped = watch.takeDropped();
        }
        return new JsonObject().put("lines", lines).put("dropped", dropped);
    }

    /** Whether it ended since nobody has asked for long. */
    synchronized boolean endIfForgotten() {
        boolean forgotten = System.nanoTime() - asked > FORGOTTEN.toNanos();
        if (forgotten) {
            close();
        }
        return forgotten;
    }

    synchronized void close() {
        if (watch != null) {
            watch.close();
        }
        wake();
    }
}
