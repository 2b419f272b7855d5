package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.StreamReader;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream from the side of who reads it. Items wait here until they are read, as many as there was credit for. Safe to use from any thread;
 * futures complete in the reader's slices.
 */
final class StreamConsumer<T> implements StreamReader<T>, StreamSink {
    /** So many answers in a row without a turn of the reader's mailbox between them: who reads in a recursion gets no deeper. */
    private static final int IN_A_ROW = 32;

    private static final int IDLE_PARTS = 4;

    private final Party party;
    private final StreamTerms terms;
    private final Promise<StreamReader<T>> opening;
    private final @Nullable PendingReply<?> work;
    private Runnable cancel = () -> {};

    // Guarded by the items: the monitor of this itself is the reader's, which may hold it for ever.
    private final Deque<Item> items = new ArrayDeque<>();
    private @Nullable Object head;
    private @Nullable StreamValve source;
    private @Nullable Asked<?> asked;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean opened;
    private long taken;
    private long takenBytes;
    private long told;
    private long toldBytes;
    private long toldAt = System.nanoTime();
    private int inARow;

    private record Item(Object owned, int weight) {}

    /** A read that waits: for items, or for the end. */
    private record Asked<R>(int most, Promise<R> promise, Shape<R> shape) {}

    /** What a reader gets for the items at hand; none: the end. */
    private interface Shape<R> {
        R of(List<Item> read);
    }

    StreamConsumer(Party party, StreamTerms terms) {
        this.party = party;
        this.terms = terms;
        this.opening = party.plainPromise();
        this.work = party.work();
    }

    /** Completes with this once the handler has answered. */
    Future<StreamReader<T>> opening() {
        return opening.future();
    }

    /** {@code call} ends when the stream does; {@code giveUp} ends it. */
    void follow(Future<?> call, Runnable giveUp) {
        cancel = giveUp;
        call.onComplete(this::over);
    }

    // --- what comes

    @Override
    public void opened(@Nullable Object first, StreamValve valve) {
        synchronized (items) {
            head = first;
            source = valve;
            opened = true;
        }
        inSlice(() -> opening.tryComplete(this));
    }

    @Override
    public boolean isOpened() {
        synchronized (items) {
            return opened;
        }
    }

    @Override
    public void item(Object owned, int weight) {
        synchronized (items) {
            if (ended) {
                return;
            }
            items.add(new Item(owned, weight));
        }
        serve(true);
    }

    /** In the reader's slice, after all items. */
    private void over(AsyncResult<?> end) {
        synchronized (items) {
            ended = true;
            if (end.failed()) {
                items.clear();
                failure = failure == null ? end.cause() : failure;
            }
        }
        if (end.failed()) {
            opening.tryFail(end.cause());
        } else {
            opening.tryComplete(this);
        }
        serve(false);
    }

    /** Give whoever waits what there is. */
    private void serve(boolean elsewhere) {
        Runnable completing = completing();
        if (completing != null) {
            if (elsewhere) {
                inSlice(completing);
            } else {
                completing.run();
            }
        }
    }

    private @Nullable Runnable completing() {
        synchronized (items) {
            Asked<?> waiting = asked;
            if (waiting == null || (items.isEmpty() && !ended)) {
                return null;
            }
            asked = null;
            inARow = 0;
            return completing(waiting);
        }
    }

    private <R> Runnable completing(Asked<R> waiting) {
        Throwable why = failure;
        if (why != null) {
            return () -> waiting.promise.tryFail(why);
        }
        R read = waiting.shape.of(take(waiting.most));
        return () -> waiting.promise.tryComplete(read);
    }

    private void inSlice(Runnable action) {
        boolean taken = party.push(new Step(() -> {
            PendingReply<?> before = party.workFor(work == null || work.isSettled() ? null : work);
            try {
                action.run();
            } finally {
                party.workFor(before);
            }
        }));
        if (!taken) {
            // Its slices are over, and with them whoever would have read this.
            close();
        }
    }

    // --- who reads

    @Override
    public @Nullable Object head() {
        synchronized (items) {
            return Payloads.give(head);
        }
    }

    @Override
    public Future<Optional<T>> next() {
        return read(1, read -> read.isEmpty() ? Optional.empty() : Optional.of(given(read.get(0))));
    }

    @Override
    public Future<List<T>> batch(int most) {
        if (most < 1) {
            return party.failed(
                    new PluginException("DP-0309", "A batch has at least one item, but is to have " + most + "."));
        }
        return read(most, read -> {
            List<T> all = new ArrayList<>(read.size());
            read.forEach(item -> all.add(given(item)));
            return List.copyOf(all);
        });
    }

    @SuppressWarnings("unchecked") // the reader says what it expects, as who calls does
    private T given(Item item) {
        Object given = Payloads.give(item.owned);
        return (T) (given == null ? item.owned : given);
    }

    private <R> Future<R> read(int most, Shape<R> shape) {
        Promise<R> promise;
        synchronized (items) {
            if (asked != null) {
                return party.failed(new PluginException(
                        "DP-0441",
                        "A stream was asked for its next items while it was still waited for those before. Wait for one read"
                                + " before the next."));
            }
            if (failure != null) {
                return party.failed(failure);
            }
            boolean atHand = !items.isEmpty() || ended;
            if (atHand && inARow < IN_A_ROW) {
                inARow++;
                return party.succeeded(shape.of(take(most)));
            }
            promise = party.plainPromise();
            asked = new Asked<>(most, promise, shape);
            if (!atHand) {
                tell(true);
            }
        }
        serve(true);
        return promise.future();
    }

    /** Guarded by the items. */
    private List<Item> take(int most) {
        List<Item> read = new ArrayList<>(Math.min(most, items.size()));
        while (read.size() < most) {
            Item item = items.poll();
            if (item == null) {
                break;
            }
            read.add(item);
            taken++;
            takenBytes += item.weight;
        }
        tell(items.isEmpty());
        return read;
    }

    /** Tell the source how far it may go on: not for each item, but before it must wait, and often enough that it is not taken to be idle. */
    private void tell(boolean nothingLeft) {
        if (source == null || ended || (told == taken && !nothingLeft)) {
            return;
        }
        boolean half = taken - told >= (terms.items() + 1) / 2 || takenBytes - toldBytes >= terms.bytes() / 2;
        boolean due = System.nanoTime() - toldAt > terms.idleNanos() / IDLE_PARTS;
        if (half || due || (nothingLeft && told < taken)) {
            told = taken;
            toldBytes = takenBytes;
            toldAt = System.nanoTime();
            source.allow(taken + terms.items(), takenBytes);
        }
    }

    @Override
    public Future<Void> close() {
        synchronized (items) {
            if (!ended) {
                ended = true;
                items.clear();
                failure = new CallException(FailureKind.CANCELLED, "The stream was closed by who read it.");
            }
        }
        cancel.run();
        serve(true);
        return party.succeeded(null);
    }
}
