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
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one sender sends while interceptors are asked, in its order for each receiver: while a message waits for its verdict, those after it wait
 * behind it that somebody may get who gets that one, too. Who gets an event is not known before it is sent, so it waits for all before it, and all
 * after it wait. What is let pass at last is sent in the sender's slices, for what it was sent for. Safe to use from any thread.
 */
final class SendLine {
    private static final int MOST = 1_000;
    private static final String ALL = "*";

    private final Party party;
    /** What is not sent yet, in its order. Guarded by itself. */
    private final Deque<Waiting<?>> line = new ArrayDeque<>(1);

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
        boolean free;
        synchronized (line) {
            if (line.size() > MOST) {
                return one.refused(new CallException(
                        FailureKind.BUSY, "Too much of " + party.caller + " waits for an interceptor's verdict."));
            }
            free = line.stream().noneMatch(one::follows);
            one.asked = free;
            line.add(one);
            busy = true;
        }
        if (free) {
            ask(one);
        }
        return one.promise.future();
    }

    /** Ask about {@code first}, and what may be asked about once it is sent, until all that is left waits for a verdict. */
    private void ask(Waiting<?> first) {
        Waiting<?> next = first;
        while (next != null) {
            Waiting<?> one = next;
            Future<Subject> verdict = one.ask();
            if (verdict.isComplete()) {
                one.go(verdict);
                next = over(one);
            } else {
                verdict.onComplete(told -> inSlice(() -> judged(one, told), one));
                next = ready();
            }
        }
    }

    private void judged(Waiting<?> one, AsyncResult<Subject> verdict) {
        one.go(verdict);
        Waiting<?> next = over(one);
        if (next != null) {
            ask(next);
        }
    }

    private void inSlice(Runnable step, Waiting<?> one) {
        if (!party.push(new Step(step))) {
            one.promise.tryFail(party.callerEnded());
            drop();
        }
    }

    /** The sender has ended: so has what it wanted to send. */
    private void drop() {
        synchronized (line) {
            line.forEach(one -> one.promise.tryFail(party.callerEnded()));
            line.clear();
            busy = false;
        }
    }

    /** {@code sent} holds nobody up any more. Returns who is to be asked about next. */
    private @Nullable Waiting<?> over(Waiting<?> sent) {
        synchronized (line) {
            line.remove(sent);
            busy = !line.isEmpty();
            return ready();
        }
    }

    /** The first that follows nobody, if it was not asked about. */
    private @Nullable Waiting<?> ready() {
        synchronized (line) {
            Set<String> before = new HashSet<>();
            for (Waiting<?> one : line) {
                if (!one.asked && (one.isForAnybody() ? before.isEmpty() : !before.contains(one.receiver))) {
                    one.asked = true;
                    return one;
                }
                if (one.isForAnybody()) {
                    return null;
                }
                before.add(one.receiver);
            }
            return null;
        }
    }

    /** One message, with what its sender was doing. */
    private final class Waiting<T> {
        private final Subject subject;
        private final Function<Subject, Future<T>> send;
        private final Promise<T> promise = party.promise();
        private final @Nullable PendingReply<?> work = party.work();
        private final long handled = party.handled();
        private final String receiver;
        /** Guarded by the line. */
        private boolean asked;

        Waiting(Subject subject, Function<Subject, Future<T>> send) {
            this.subject = subject;
            this.send = send;
            this.receiver = subject.receiver();
        }

        /** An event, or a message to all of a channel. */
        boolean isForAnybody() {
            return receiver.isEmpty() || receiver.equals(ALL);
        }

        /** Whether somebody may get both. */
        boolean follows(Waiting<?> before) {
            return isForAnybody() || before.isForAnybody() || receiver.equals(before.receiver);
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
