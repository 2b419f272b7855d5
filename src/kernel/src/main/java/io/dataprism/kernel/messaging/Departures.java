package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the waits for answers of a node that has left. Which node a message went to is not known here, so a wait ends when no member is left
 * that serves its address; where another one still does, it keeps its deadline. For a while after a departure the bus may still send to who is
 * gone, so it is looked again. Safe to use from any thread.
 */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS = 40;
    private static final long NO_TIMER = -1;

    private final LocalMessaging messaging;
    private final Context context;
    private final BusAccess access;
    private Runnable stopListening = () -> {};

    // Of the context.
    private long lastDeparture;
    private int looksLeft;
    private long timer = NO_TIMER;

    private volatile Runnable told = () -> {};
    private volatile boolean closed;

    Departures(LocalMessaging messaging, Context context, BusAccess access) {
        this.messaging = messaging;
        this.context = context;
        this.access = access;
    }

    synchronized void watch(RemoteTrust trust) {
        stopListening.run();
        stopListening = trust.onDeparture(() -> context.runOnContext(go -> nodeLeft()));
    }

    /** Whom else to tell; on the context. */
    void tell(Runnable left) {
        told = left;
    }

    synchronized void close() {
        closed = true;
        stopListening.run();
        stopListening = () -> {};
        context.runOnContext(go -> context.owner().cancelTimer(timer));
    }

    private void nodeLeft() {
        lastDeparture = System.nanoTime();
        looksLeft = LOOKS;
        if (timer == NO_TIMER) {
            look();
        }
    }

    private void look() {
        timer = NO_TIMER;
        if (closed) {
            return;
        }
        told.run();
        long departure = lastDeparture;
        waiting().forEach((address, replies) -> endUnlessServed(address, replies, departure));
        if (--looksLeft > 0) {
            timer = context.owner().setTimer(LOOK_MILLIS, id -> look());
        }
    }

    private Map<String, List<RemoteReply<?>>> waiting() {
        Map<String, List<RemoteReply<?>>> waiting = new HashMap<>();
        for (Party party : messaging.waiting()) {
            for (PendingReply<?> reply : party.pending.pick(RemoteReply.class::isInstance)) {
                RemoteReply<?> remote = (RemoteReply<?>) reply;
                waiting.computeIfAbsent(remote.address(), none -> new ArrayList<>())
                        .add(remote);
            }
        }
        return waiting;
    }

    private void endUnlessServed(String address, List<RemoteReply<?>> replies, long departure) {
        access.isServed(address).onComplete(served -> {
            if (served.failed()) {
                LOG.warn("Who serves {} can't be told; waits for it keep their deadlines", address, served.cause());
            } else if (!served.result()) {
                replies.forEach(reply -> reply.leftAlone(departure));
            }
        });
    }
}
