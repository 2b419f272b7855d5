package io.dataprism.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocketBase;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a client. A message is written while the socket takes it; what it does not take waits here, up to a number of bytes;
 * what finds no room is refused. Used by the socket's thread.
 */
final class Outbox {
    /** What an entry costs besides its text. */
    private static final int OVERHEAD = 64;
    /** Kept free of events, so that answers and errors find room. */
    private static final int RESERVE_SHIFT = 2;
    /** More than the queue's limit, for errors alone, so that a callback is not left waiting because its answer found no room. */
    private static final int ERRORS = 64 << 10;

    private final WebSocketBase socket;
    private final Framing framing;
    private final long limit;
    private final Queue<String> waiting = new ArrayDeque<>();
    private final AtomicLong bytes = new AtomicLong();
    private long movedAt;
    private boolean closed;
    private Runnable room = () -> {};
    private Runnable lost = () -> {};
    private @Nullable Promise<Void> relieved;

    Outbox(WebSocketBase socket, Framing framing, int limit) {
        this.socket = socket;
        this.framing = framing;
        this.limit = limit;
        socket.drainHandler(drained -> pump());
    }

    /** Told whenever the queue has become empty. */
    void onRoom(Runnable action) {
        room = action;
    }

    /** Told when even an error finds no room: its client can't be told what became of its frame. */
    void onLost(Runnable action) {
        lost = action;
    }

    /** Whether so much waits that nothing should be done for the client that it is to be told of. */
    boolean isCongested() {
        return bytes.get() > limit / 2;
    }

    /** Completes when it is {@link #isCongested} no more, or ends. Ask while it is. */
    Future<Void> relieved() {
        if (relieved == null) {
            relieved = Promise.promise();
        }
        return relieved.future();
    }

    private void tellRelief() {
        if (relieved != null && (closed || !isCongested())) {
            Promise<Void> waiting = relieved;
            relieved = null;
            waiting.complete();
        }
    }

    /** An answer: takes the whole queue. */
    boolean answer(String frame) {
        return offer(frame, limit);
    }

    /** An error, which is short: takes the whole queue and a little more. */
    boolean error(String frame) {
        boolean taken = offer(frame, limit + ERRORS);
        if (!taken && !closed) {
            lost.run();
        }
        return taken;
    }

    /** An event or a channel's message: leaves a quarter of the queue to answers. */
    boolean deliver(String frame) {
        return offer(frame, limit - (limit >> RESERVE_SHIFT));
    }

    /** The socket ends: forget what waits and take nothing more. */
    void close() {
        closed = true;
        waiting.clear();
        bytes.set(0);
        tellRelief();
    }

    /** Write {@code text} as it is. */
    void raw(String text) {
        socket.writeTextMessage(text);
    }

    /** Bytes that wait here; what the socket has taken is bounded by its own queue. For any thread. */
    long waitingBytes() {
        return bytes.get();
    }

    /** Whether something waits and nothing was written since {@code nanos}. */
    boolean stalledSince(long nanos) {
        return !waiting.isEmpty() && movedAt - nanos < 0;
    }

    private boolean offer(String frame, long most) {
        String text = framing.wrap(frame);
        long cost = cost(text);
        if (closed || bytes.get() + cost > most) {
            return false;
        }
        if (waiting.isEmpty() && !socket.writeQueueFull()) {
            write(text);
            return true;
        }
        if (waiting.isEmpty()) {
            movedAt = System.nanoTime();
        }
        waiting.add(text);
        bytes.addAndGet(cost);
        return true;
    }

    private void pump() {
        while (!socket.writeQueueFull()) {
            String text = waiting.poll();
            if (text == null) {
                room.run();
                tellRelief();
                return;
            }
            bytes.addAndGet(-cost(text));
            write(text);
            tellRelief();
        }
    }

    private void write(String text) {
        movedAt = System.nanoTime();
        socket.writeTextMessage(text);
    }

    private static long cost(String text) {
        return OVERHEAD + 2L * text.length();
    }
}
