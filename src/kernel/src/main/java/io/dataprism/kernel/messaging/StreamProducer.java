package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamSource;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pulls items out of a plugin's source as long as there is credit, and sends them on. Of the plugin's slices, but for {@link #allow}. */
final class StreamProducer implements StreamValve {
    /** So many items at once, before others in the mailbox have their turn. */
    private static final int TURN = 64;

    private final StreamCall<?> call;
    private final StreamSource<?> source;
    private final StreamSink sink;
    private final StreamCredit credit;
    private final boolean described;
    private final Party party;
    private boolean looping;
    /** Which of the questions for the next item is open; none where it is even. An answer to any other is none. */
    private long question;

    private boolean ended;

    /** @param described whether its items are those of which a contract speaks */
    StreamProducer(StreamCall<?> call, StreamSource<?> source, StreamOpening opening, boolean described) {
        this.call = call;
        this.source = source;
        this.sink = opening.sink();
        this.credit = new StreamCredit(opening.terms());
        this.described = described;
        this.party = call.receiver();
    }

    void begin() {
        pump();
    }

    @Override
    public void allow(long items, long takenBytes) {
        call.moved();
        if (credit.allow(items, takenBytes)) {
            party.push(new Step(this::pump));
        }
    }

    boolean isStarved() {
        return credit.isStarved();
    }

    private void pump() {
        if (looping || isAsked()) {
            return;
        }
        looping = true;
        PendingReply<?> before = party.workFor(call);
        long message = party.handles(call.id);
        try {
            int left = TURN;
            while (!ended && !isAsked() && left > 0 && credit.mayGoOn()) {
                ask();
                left--;
            }
            if (left == 0 && !ended && !isAsked()) {
                party.push(new Step(this::pump));
            }
        } finally {
            looping = false;
            party.workFor(before);
            party.handles(message);
        }
    }

    private boolean isAsked() {
        return (question & 1) == 1;
    }

    private void ask() {
        question++;
        long open = question;
        try {
            Future<?> item = source.next();
            if (item == null) {
                throw new CallException(
                        FailureKind.FAILED, "The source of " + call.what() + " returned no future for its next item.");
            }
            item.onComplete((value, thrown) -> came(open, value, thrown));
        } catch (Throwable thrown) {
            answered(open);
            end(thrown);
        }
    }

    /** The future may be the plugin's own, and complete anywhere; its value is touched in the slice only. */
    private void came(long open, @Nullable Object value, @Nullable Throwable thrown) {
        if (party.inSlice()) {
            take(open, value, thrown);
        } else {
            party.push(new Step(() -> take(open, value, thrown)));
        }
    }

    /** Whether {@code open} was the open question; it is no more. A future of the plugin's own may complete as often as it likes. */
    private boolean answered(long open) {
        if (question != open) {
            return false;
        }
        question++;
        return true;
    }

    private void take(long open, @Nullable Object value, @Nullable Throwable thrown) {
        if (!answered(open) || ended) {
            return;
        }
        if (thrown != null) {
            end(thrown);
            return;
        }
        if (!(value instanceof Optional<?> item)) {
            end(new CallException(
                    FailureKind.FAILED, "The source of " + call.what() + " gave no Optional as its next item."));
        } else if (item.isEmpty()) {
            end(null);
        } else {
            send(item.get());
            pump();
        }
    }

    private void send(Object item) {
        try {
            Object owned = call.takenItem(item, described);
            int weight = Weights.ofMessage(owned);
            credit.sent(weight);
            call.moved();
            sink.item(owned, weight);
        } catch (Throwable unfit) {
            end(unfit);
        }
    }

    private void end(@Nullable Throwable failure) {
        if (!ended) {
            ended = true;
            close(source, party, call.what());
            call.over(failure);
        }
    }

    /** Nobody reads it any more. */
    void stop() {
        end(null);
    }

    /** Closing is the plugin's own code; what goes wrong is reported, and the stream is over all the same. */
    static void close(StreamSource<?> source, Party party, String what) {
        String where = "the end of the stream of " + what;
        try {
            Future<Void> closed = source.close();
            if (closed != null) {
                closed.onFailure(failure -> report(party, where, failure));
            }
        } catch (Throwable thrown) {
            party.messaging.report(party, where, thrown);
        }
    }

    private static void report(Party party, String where, Throwable failure) {
        if (party.inSlice()) {
            party.messaging.report(party, where, failure);
        } else {
            party.push(new Step(() -> party.messaging.report(party, where, failure)));
        }
    }
}
