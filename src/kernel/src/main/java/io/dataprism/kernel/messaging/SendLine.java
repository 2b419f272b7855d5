package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one sender sends while interceptors are asked, in its order: while one message waits for its verdict, those after it wait behind it. What is
 * let pass at last is sent in the sender's slices, for what it was sent for. Safe to use from any thread.
 */
final class SendLine {
    private static final int MOST = 1_000;

    private final Party party;
    /** Guarded by itself. */
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();

    /** Whether something waits; asked before each message. */
    private volatile boolean busy;

    SendLine(Party party) {
        this.party = party;
    }

    boolean isBusy() {
        return busy;
    }

    /** Ask about {@code subject}, then {@code send} what became of it. */
    <T> Future<T> pass(Subject subject, Function<Subject, Future<T>> send) {
        Waiting<T> one = new Waiting<>(subject, send);
        synchronized (waiting) {
            if (busy) {
                if (waiting.size() == MOST) {
                    return one.refused(new CallException(
                            FailureKind.BUSY, "Too much of " + party.caller + " waits for an interceptor's verdict."));
                }
                waiting.add(one);
                return one.promise.future();
            }
            busy = true;
        }
        Future<Subject> verdict = one.ask();
        if (!verdict.isComplete()) {
            verdict.onComplete(told -> inSlice(
                    () -> {
                        one.go(told);
                        rest();
                    },
                    one));
            return one.promise.future();
        }
        one.go(verdict);
        rest();
        return one.promise.future();
    }

    private void inSlice(Runnable step, Waiting<?> one) {
        if (!party.push(new Step(step))) {
            one.promise.tryFail(party.callerEnded());
            drop();
        }
    }

    /** The sender has ended: so has what it wanted to send. */
    private void drop() {
        synchronized (waiting) {
            waiting.forEach(one -> one.promise.tryFail(party.callerEnded()));
            waiting.clear();
            busy = false;
        }
    }

    /** What waits behind, until one of them waits for itself. */
    private void rest() {
        while (true) {
            Waiting<?> next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    busy = false;
                    return;
                }
            }
            Waiting<?> one = next;
            Future<Subject> verdict = one.ask();
            if (!verdict.isComplete()) {
                verdict.onComplete(told -> inSlice(
                        () -> {
                            one.go(told);
                            rest();
                        },
                        one));
                return;
            }
            one.go(verdict);
        }
    }

    /** One message, with what its sender was doing. */
    private final class Waiting<T> {
        private final Subject subject;
        private final Function<Subject, Future<T>> send;
        private final Promise<T> promise = party.promise();
        private final @Nullable PendingReply<?> work = party.work();
        private final long handled = party.handled();

        Waiting(Subject subject, Function<Subject, Future<T>> send) {
            this.subject = subject;
            this.send = send;
        }

        Future<Subject> ask() {
            return party.messaging.interceptors().ask(subject);
        }

        void go(AsyncResult<Subject> verdict) {
            if (verdict.failed()) {
                refused(verdict.cause());
            } else if (party.inSlice()) {
                PendingReply<?> before = party.workFor(work);
                long message = party.handles(handled);
                try {
                    sent(verdict.result());
                } finally {
                    party.workFor(before);
                    party.handles(message);
                }
            } else {
                sent(verdict.result());
            }
        }

        private void sent(Subject passed) {
            Future<T> sent;
            try {
                sent = send.apply(passed);
            } catch (RuntimeException refused) {
                sent = party.failed(refused);
            }
            sent.onComplete(end -> party.messaging.interceptors().after(passed, outcome(end), detail(end)));
            sent.onComplete(promise);
        }

        Future<T> refused(Throwable why) {
            party.messaging
                    .witness()
                    .died(subject, subject.receiver(), Reason.REFUSED, String.valueOf(why.getMessage()));
            promise.tryFail(why);
            return promise.future();
        }
    }

    private static Outcome outcome(AsyncResult<?> end) {
        if (end.failed()) {
            return Witness.outcomeOf(end.cause());
        }
        if (end.result() instanceof Publication told) {
            return !told.refused().isEmpty() ? Outcome.REFUSED : told.accepted() == 0 ? Outcome.NOBODY : Outcome.TAKEN;
        }
        return Outcome.DONE;
    }

    private static String detail(AsyncResult<?> end) {
        return end.failed() ? String.valueOf(end.cause().getMessage()) : "";
    }
}
