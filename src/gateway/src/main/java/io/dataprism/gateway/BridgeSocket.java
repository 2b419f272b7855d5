package io.dataprism.gateway;

import io.dataprism.gateway.vertx.Connections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One WebSocket: unwraps its messages, hands them to its session one after the other, not faster than the quota, not while the client
 * leaves half a queue of answers unread, and not while others at the same event loop have more right to it; and ends the socket when its client is silent, reads nothing, or sends what cannot be read. Belongs
 * to the socket's event loop.
 */
final class BridgeSocket {
    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;
    private static final int MAX_UNREADABLE = 16;
    private static final int CHECKS_PER_TIMEOUT = 4;
    /** How long a client has to take the close frame. */
    private static final long GRACE_MILLIS = 1_000;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final Framing framing;
    private final Outbox outbox;
    private final BridgeSession session;
    private final Quotas quotas;
    private final RateLimit rate;
    private final FairShare share = new FairShare();
    private final Queue<String> inbox = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;
    private int unreadable;
    private long heardAt = System.nanoTime();
    private final long checks;
    private final Promise<Void> gone = Promise.promise();
    private long dropping = -1;

    BridgeSocket(
            Vertx vertx, ServerWebSocket socket, Framing framing, Outbox outbox, BridgeSession session, Quotas quotas) {
        this.vertx = vertx;
        this.socket = socket;
        this.framing = framing;
        this.outbox = outbox;
        this.session = session;
        this.quotas = quotas;
        this.rate = new RateLimit(quotas.messagesPerSecond(), System.nanoTime());
        long shortest = Math.min(
                quotas.pingTimeout().toMillis(), quotas.slowReaderTimeout().toMillis());
        this.checks = vertx.setPeriodic(Math.max(1, shortest / CHECKS_PER_TIMEOUT), id -> check());
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(buffer -> received(buffer.toString()));
        outbox.onLost(() -> end(POLICY, "The client reads too slowly"));
        if (!framing.greeting().isEmpty()) {
            outbox.raw(framing.greeting());
        }
    }

    /** The socket has closed: end the session. */
    Future<Void> ended() {
        closed = true;
        inbox.clear();
        vertx.cancelTimer(checks);
        vertx.cancelTimer(dropping);
        gone.complete();
        return session.close();
    }

    /** Bytes that wait for the client. */
    long waitingBytes() {
        return outbox.waitingBytes();
    }

    /** The gateway closes; completes when the connection has ended. */
    Future<Void> goAway() {
        end(GOING_AWAY, "The gateway closes");
        return gone.future();
    }

    private void received(String message) {
        if (closed) {
            return;
        }
        heardAt = System.nanoTime();
        try {
            inbox.addAll(framing.unwrap(message));
        } catch (FrameException refused) {
            unreadable(refused.failure());
        }
        next();
    }

    /** Carry out what waits. What the rate, the share, unread answers or a registration under way hold back stops the reading, too. */
    private void next() {
        while (!busy && !closed) {
            String frame = inbox.peek();
            if (frame == null) {
                socket.resume();
                return;
            }
            if (outbox.isCongested()) {
                later(outbox.relieved());
                return;
            }
            if (!rate.take(System.nanoTime())) {
                later(vertx.timer(rate.waitMillis()).mapEmpty());
                return;
            }
            inbox.remove();
            share.begin();
            Future<Void> done = session.handle(frame);
            long wait = share.waitMillis();
            if (wait > 0) {
                later(done.eventually(() -> vertx.timer(wait)));
            } else if (!done.isComplete()) {
                later(done);
            }
        }
    }

    private void later(Future<Void> condition) {
        busy = true;
        socket.pause();
        condition.onComplete(met -> {
            busy = false;
            heardAt = System.nanoTime();
            next();
        });
    }

    private void unreadable(Failure failure) {
        session.refuse(failure, null);
        if (++unreadable >= MAX_UNREADABLE) {
            end(POLICY, "Too many messages that cannot be read");
        }
    }

    private void end(short code, String reason) {
        if (closed) {
            return;
        }
        closed = true;
        inbox.clear();
        outbox.close();
        socket.close(code, reason);
        dropping = vertx.setTimer(GRACE_MILLIS, late -> Connections.drop(socket));
    }

    private void check() {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        if (!busy && heardAt - (now - quotas.pingTimeout().toNanos()) < 0) {
            end(GOING_AWAY, "No ping");
        } else if (outbox.stalledSince(now - quotas.slowReaderTimeout().toNanos())) {
            end(POLICY, "The client reads too slowly");
        }
    }
}
