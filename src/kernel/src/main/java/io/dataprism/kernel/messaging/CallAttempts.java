package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One call as its caller wants it: given up when that says so, and made again where it may be. */
final class CallAttempts<T> {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long MILLI = 1_000_000;

    private final Party party;
    private final String plugin;
    private final String capability;
    private final @Nullable Object body;
    private final CallOptions options;
    private final long end;
    private final boolean idempotent;
    private final @Nullable StreamOpening stream;
    private Marks marks;
    private int made;
    private int noes;
    private volatile @Nullable Future<T> current;
    private volatile boolean cancelled;

    /** @param body owned by the kernel */
    CallAttempts(
            Party party,
            String plugin,
            String capability,
            @Nullable Object body,
            CallOptions options,
            @Nullable StreamOpening stream,
            Marks marks) {
        this.party = party;
        this.plugin = plugin;
        this.capability = capability;
        this.body = body;
        this.options = options;
        this.stream = stream;
        this.marks = marks;
        this.end = System.nanoTime() + Deadlines.nanos(options.timeout());
        this.idempotent = options.retries() > 0 && party.messaging.calls().isIdempotent(plugin, capability);
    }

    Future<T> run() {
        Future<T> call = call(Deadlines.nanos(options.timeout()));
        return options.retries() == 0 ? call : call.recover(this::again);
    }

    private Future<T> call(long nanos) {
        made++;
        if (made > 1) {
            marks = new Marks(party.nextId(), marks.causeId(), marks.headers());
        }
        Future<T> call = party.messaging.calls().call(request(nanos));
        current = call;
        Future<?> cancel = options.cancelledBy();
        if (cancel != null) {
            // The future is the caller's own object, and is touched in its slices only.
            if (party.inSlice()) {
                cancel.onComplete(done -> giveUp());
            } else {
                party.push(new Step(() -> cancel.onComplete(done -> giveUp())));
            }
        }
        return call;
    }

    private CallRequest<T> request(long nanos) {
        boolean tried = options.retries() > 0;
        return new CallRequest<>(
                party,
                party.caller,
                plugin,
                capability,
                body,
                nanos,
                marks,
                options.node().orElse(null),
                null,
                stream,
                tried);
    }

    /** It is not made again. */
    private Future<T> over(Throwable failure) {
        if (!cancelled && !party.isClosed()) {
            boolean handled = failure instanceof CallException call && Failures.isHandlersOwn(call);
            party.messaging.witness().buryCall(request(0).subject(), plugin, failure, handled);
        }
        return party.failed(failure);
    }

    /** Nobody waits for it any more. */
    void giveUp() {
        cancelled = true;
        Future<T> call = current;
        PendingReply<?> waiting = party.pending.find(reply -> reply.future() == call);
        if (waiting != null) {
            waiting.giveUp(new CallException(
                    FailureKind.CANCELLED, "The caller gave " + waiting.what() + " up before it answered."));
        }
    }

    private Future<T> again(Throwable failure) {
        long left = end - System.nanoTime();
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, made - 1));
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        boolean begun = stream != null && stream.sink().isOpened();
        if (made > options.retries() || left <= jittered * MILLI || cancelled || begun) {
            return over(failure);
        }
        return switch (again(failure instanceof CallException call ? call : null)) {
            case YES ->
                party.messaging
                        .pause(party, jittered)
                        .compose(go -> anew(failure))
                        .recover(this::again);
            case ASK -> party.messaging.pause(party, jittered).compose(go -> askedElsewhere(failure));
            case NO -> over(failure);
        };
    }

    /** Much may have changed during the pause. */
    private Future<T> anew(Throwable failure) {
        if (cancelled) {
            return party.failed(failure);
        }
        if (party.isClosed()) {
            return party.failed(party.callerEnded());
        }
        return party.messaging
                .calls()
                .denial(party.caller, plugin, capability)
                .<Future<T>>map(party::failed)
                .orElseGet(() -> call(end - System.nanoTime()));
    }

    /** Whether it may be made again; where this node can't tell, another may. */
    private enum Again {
        YES,
        NO,
        ASK
    }

    /** What the kernel refused was never handled; what ended with its receiver may have been. What a handler says is its answer. */
    private Again again(@Nullable CallException failure) {
        if (failure == null || Failures.isHandlersOwn(failure)) {
            return Again.NO;
        }
        return switch (failure.kind()) {
            case BUSY, NOT_RUNNING -> Again.YES;
            case CANCELLED -> idempotent ? Again.YES : Again.ASK;
            // It was there at a try before: what a node serves anew, the others learn piece by piece.
            case NO_SUCH_CAPABILITY -> made > 1 ? Again.YES : Again.NO;
            default -> Again.NO;
        };
    }

    /** Asked only now, of whichever node would get it: a call costs nothing more for it. */
    private Future<T> askedElsewhere(Throwable failure) {
        Promise<BusCalls.Idempotence> known = party.promise();
        party.messaging
                .edge()
                .calls()
                .idempotenceElsewhere(plugin, capability)
                .otherwise(BusCalls.Idempotence.NO)
                .onComplete(known);
        return known.future().compose(told -> switch (told) {
            case YES -> anew(failure).recover(this::again);
            case NO -> noes++ == 0 ? later(failure) : over(failure);
            case NOBODY_SERVES -> later(failure);
        });
    }

    /** Its plugin may be about to be served again; what a node serves, the others learn piece by piece. */
    private Future<T> later(Throwable failure) {
        made++;
        return again(failure);
    }
}
