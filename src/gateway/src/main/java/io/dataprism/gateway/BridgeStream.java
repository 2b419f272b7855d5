package io.dataprism.gateway;

import io.dataprism.api.StreamReader;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place for one stream after the other that a client reads: sends items as long as the client has credit and its queue has room, and lets the
 * rest where it is. Used by the socket's thread.
 */
final class BridgeStream {
    private final String address;
    private final Outbox outbox;
    private final Consumer<Throwable> failed;
    private @Nullable StreamReader<Object> reader;
    private boolean taken;
    private boolean closed;
    private boolean reading;
    private int credit;
    private long sent;

    /** @param failed tells the client why its stream ended */
    BridgeStream(String address, Outbox outbox, Consumer<Throwable> failed) {
        this.address = address;
        this.outbox = outbox;
        this.failed = failed;
    }

    /** A stream is to come here. */
    void reserve(int first) {
        if (taken) {
            throw new FrameException(Failure.streamTaken());
        }
        taken = true;
        credit = first;
        sent = 0;
    }

    /** It did not come. */
    void release() {
        taken = false;
    }

    void begin(StreamReader<Object> stream) {
        if (closed) {
            stream.close();
            return;
        }
        reader = stream;
        pump();
    }

    /** The client takes so many more. */
    void more(int items) {
        if (!taken || credit + items > 2 * StreamWish.MOST) {
            throw new FrameException(Failure.streamCredit(2 * StreamWish.MOST));
        }
        credit += items;
        pump();
    }

    Future<Void> close() {
        closed = true;
        StreamReader<Object> stream = reader;
        reader = null;
        return stream == null ? Future.succeededFuture() : stream.close();
    }

    private void pump() {
        StreamReader<Object> stream = reader;
        if (stream == null || reading || credit == 0) {
            return;
        }
        reading = true;
        if (outbox.isCongested()) {
            outbox.relieved().onComplete(room -> {
                reading = false;
                pump();
            });
        } else {
            stream.next().onComplete(this::came);
        }
    }

    private void came(AsyncResult<Optional<Object>> item) {
        reading = false;
        if (closed) {
            return;
        }
        try {
            if (item.failed()) {
                over();
                failed.accept(item.cause());
            } else if (item.result().isEmpty()) {
                over();
                send(new JsonObject().put("end", true), null);
            } else {
                credit--;
                send(new JsonObject().put("number", sent++), item.result().get());
                pump();
            }
        } catch (FrameException unsendable) {
            over();
            failed.accept(unsendable);
        }
    }

    private void over() {
        StreamReader<Object> stream = reader;
        reader = null;
        taken = false;
        if (stream != null) {
            stream.close();
        }
    }

    private void send(JsonObject headers, @Nullable Object body) {
        if (!outbox.answer(Frames.rec(address, headers, body).encode())) {
            throw new FrameException(Failure.reply("this client's queue has no room for it"));
        }
    }
}
