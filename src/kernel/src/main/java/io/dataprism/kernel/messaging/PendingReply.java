package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.MailboxEntry;
import io.dataprism.kernel.vertx.StackRoom;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that somebody waits for the answer of. It is settled once, by whoever comes first: the handler's answer, the deadline, the end
 * of caller or receiver. It travels to the receiver's mailbox, and where it can, back to the caller's.
 */
abstract class PendingReply<T> extends Delivery implements Completable<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(PendingReply.class);
    private static final VarHandle SETTLED;

    static {
        try {
            SETTLED = MethodHandles.lookup().findVarHandle(PendingReply.class, "settled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Party from;
    final long deadline;
    /**
     * The call on whose behalf this one is made, until this one is over: a call that calls in turn, for ever, must not keep all that came
     * before it. Written in the caller's slices once nothing finds this in the caller's list any more.
     */
    @Nullable
    PendingReply<?> cause;

    /** Which message it is; its answer goes by the same. */
    final long id;
    /** The message that it was sent for. */
    final long causeId;

    private final long sent;
    private final int weight;
    private final Promise<T> promise;

    // Links of the caller's list, guarded by it.
    @Nullable
    PendingReply<?> previous;

    @Nullable
    PendingReply<?> following;

    boolean listed;

    @SuppressWarnings("unused") // through SETTLED
    private volatile boolean settled;

    /** Whether the receiver may work on it, and is to be told when nobody waits any more. */
    private volatile boolean begun;

    // Of the receiver's slices; the push back to the caller publishes it.
    private boolean answered;
    private boolean open;
    private boolean abandoned;
    private @Nullable Promise<Void> cancelled;
    private @Nullable Object result;
    private @Nullable Throwable failure;

    /** @param request owned by the kernel */
    PendingReply(Party from, Party receiver, @Nullable Object request, long timeoutNanos, long id, long causeId) {
        super(receiver);
        this.id = id;
        this.causeId = causeId;
        this.weight = Weights.ofMessage(request);
        this.from = from;
        this.promise = from.plainPromise();
        PendingReply<?> work = from.work();
        // What was answered or given up already waits for nothing more, and sets no time.
        this.cause = work == null || work.settled ? null : work;
        this.sent = System.nanoTime();
        long end = sent + timeoutNanos;
        this.deadline = cause != null && cause.deadline - end < 0 ? cause.deadline : end;
    }

    @Override
    public final int weight() {
        return weight;
    }

    Future<T> future() {
        return promise.future();
    }

    final boolean isSettled() {
        return settled;
    }

    /**
     * Whether nothing else is to be told of its lateness first: where the call that it is made for is late as well, that one names whom it
     * waits for, and then ends this one.
     */
    final boolean isFirstToTell(long now) {
        PendingReply<?> work = cause;
        return work == null || work.isSettled() || now - work.deadline < 0;
    }

    /** What it asks of whom, for messages: {@code 'render' of plugin 'charts'}. */
    abstract String what();

    /** Run the handler and return its future, or null where it returned none. In the receiver's slice. */
    abstract @Nullable Future<?> handle() throws Exception;

    /** Where it came from, when it came from another node. */
    @Nullable
    CallOrigin origin() {
        return null;
    }

    /** The label of who is awaited; empty where that is nobody else, or not known. */
    String awaited() {
        return receiver() == from ? "" : receiver().caller.label();
    }

    /** It was settled by something else than an answer: whoever works on it elsewhere need not go on. On any thread. */
    void endedEarly(CallException why) {}

    /** What its caller must be allowed as long as it goes on, where that is a stream. */
    @Nullable
    Permission streamed() {
        return null;
    }

    /** When to look whether it is late. */
    long due() {
        return deadline;
    }

    /** Why it is late {@code now}, where there is more to say than that its deadline passed. */
    Optional<CallException> lateness(long now) {
        return Optional.empty();
    }

    /** How long until the deadline, in nanoseconds; negative once it has passed. */
    final long remaining() {
        return deadline - System.nanoTime();
    }

    /**
     * It failed. On any thread.
     *
     * @param handled whether that is what its handler says
     */
    void failed(Throwable why, boolean handled) {}

    /** Whether it is over since its caller ended, or gave it up. */
    final boolean isCallersDoing(Throwable why) {
        return why instanceof CallException call
                && call.kind() == FailureKind.CANCELLED
                && (from.isClosed() || !receiver().isOver());
    }

    /** Who gets the answer. */
    Caller answersTo() {
        return from.caller;
    }

    /**
     * Refuse an answer that is not what was promised. In the receiver's slice.
     *
     * @param answer owned by the kernel
     */
    void requireFit(@Nullable Object answer) {}

    @Override
    protected final void run() {
        if (answered) {
            complete();
        } else {
            super.run();
        }
    }

    // --- in the receiver's slice

    @Override
    final void deliver() {
        // Before it is asked whether it is settled, as whoever settles it asks after that whether it was begun.
        begun = true;
        if (settled) {
            return;
        }
        open = true;
        receiver().opened();
        PendingReply<?> before = receiver().workFor(this);
        long message = receiver().handles(id);
        try {
            Future<?> future = handle();
            if (future == null) {
                settle(
                        null,
                        new CallException(FailureKind.FAILED, "The handler of " + what() + " returned no future."),
                        true);
            } else {
                answer(future);
            }
        } catch (Throwable thrown) {
            settle(null, failureOf(thrown), true);
        } finally {
            receiver().workFor(before);
            receiver().handles(message);
        }
    }

    /** The future may be the plugin's own; it is only touched in the slice. Most answers are there at once, and need no listener. */
    private void answer(Future<?> future) {
        if (future.succeeded()) {
            finish(future.result(), null);
        } else {
            future.onComplete((Completable<Object>) this);
        }
    }

    /** Nobody waits for the answer any more: what is being done for it may end. In the receiver's slice. */
    private void givenUp() {
        if (!open) {
            return;
        }
        abandoned = true;
        if (cancelled != null) {
            cancelled.tryComplete();
        }
        receiver()
                .pending
                .failAll(
                        reply -> reply.cause == this,
                        reply -> new CallException(
                                FailureKind.CANCELLED,
                                "The call for which " + reply.what() + " was called was given up."));
        stopped();
    }

    /** Nobody waits for what is being done any more. In the receiver's slice. */
    void stopped() {}

    /** Whether the receiver is told when nobody waits any more. */
    boolean tellsReceiver() {
        return receiver() != from;
    }

    /** Completes when nobody waits any more. In the receiver's slice. */
    final Future<Void> cancelled() {
        if (cancelled == null) {
            cancelled = receiver().plainPromise();
            if (abandoned) {
                cancelled.tryComplete();
            }
        }
        return cancelled.future();
    }

    /** The handler's future completed. Copying its value belongs into the slice, whatever thread a future of the plugin's own calls from. */
    @Override
    public void complete(@Nullable Object value, @Nullable Throwable thrown) {
        if (receiver().inSlice()) {
            // A plugin may do this where its stack ends.
            StackRoom.requireToSend();
            finish(value, thrown);
        } else {
            receiver().push(new Step(() -> finish(value, thrown)));
        }
    }

    private void finish(@Nullable Object value, @Nullable Throwable thrown) {
        if (thrown != null) {
            failWith(thrown);
            return;
        }
        try {
            accept(value);
        } catch (Throwable unfit) {
            failWith(unfit);
        }
    }

    /** The handler gave {@code value}. In the receiver's slice. */
    void accept(@Nullable Object value) {
        settleWith(value);
    }

    /** What goes to the caller for {@code value}, owned by the kernel. In the receiver's slice. */
    @Nullable
    final Object taken(@Nullable Object value) {
        Object taken = receiver().take(value);
        requireFit(taken);
        receiver().messaging.handles().pass(taken, receiver().caller, answersTo());
        return taken;
    }

    /** In the receiver's slice. */
    final void settleWith(@Nullable Object value) {
        settle(from.fit(taken(value)), null, true);
    }

    /** There is nothing more to answer. In the receiver's slice. */
    final void settleWithNothing() {
        settle(null, null, true);
    }

    /** In the slice of who threw it. */
    final void failWith(Throwable thrown) {
        settle(null, failureOf(thrown), true);
    }

    /** In the slice of who threw it. */
    private CallException failureOf(@Nullable Throwable thrown) {
        if (thrown == null) {
            return new CallException(FailureKind.FAILED, "The handler of " + what() + " failed without a cause.");
        }
        SafeFailure safe = SafeFailure.copy(thrown);
        if (thrown instanceof CallException call) {
            // With a cause, always: that tells what a handler threw from what the kernel refused.
            return new CallException(call.kind(), safe.code(), safe.text(), safe);
        }
        if (thrown instanceof PermissionDeniedException) {
            return new CallException(FailureKind.DENIED, safe.code(), safe.text(), null);
        }
        if (!safe.code().isEmpty()) {
            return new CallException(FailureKind.FAILED, safe.code(), safe.text(), safe);
        }
        return new CallException(FailureKind.FAILED, "The handler of " + what() + " failed: " + safe, safe);
    }

    // --- on any thread

    /** Settle with what {@code inner} brings, which the kernel owns already. */
    final void follow(Future<?> inner) {
        inner.onComplete(
                end -> settle(end.succeeded() ? end.result() : null, end.succeeded() ? null : end.cause(), false));
    }

    /** The caller waits no more. */
    void giveUp(CallException why) {
        fail(why);
    }

    /** Settle with a failure of the kernel's own. Whether this was what settled it. */
    final boolean fail(CallException cause) {
        boolean settles = settle(null, cause, false);
        if (settles) {
            endedEarly(cause);
        }
        return settles;
    }

    private boolean settle(@Nullable Object value, @Nullable Throwable cause, boolean inReceiver) {
        if (inReceiver && open) {
            open = false;
            receiver().answered();
        }
        if (!SETTLED.compareAndSet(this, false, true)) {
            if (inReceiver) {
                receiver().messaging.witness().letters().unheard();
            }
            return false;
        }
        result = value;
        failure = cause;
        try {
            if (cause != null) {
                record(cause, inReceiver);
            }
        } finally {
            // Nobody else settles it now: whatever comes, whoever waits is told.
            if (inReceiver) {
                answered = true;
            }
            from.answer(this, inReceiver);
        }
        // What was refused, or waits for its turn, holds nothing up and needs no telling; that would fill a mailbox
        // beyond its bounds.
        if (!inReceiver && begun && tellsReceiver()) {
            receiver().push(new Step(this::givenUp));
        }
        return true;
    }

    /** Whatever goes wrong with the record of a failure, whoever waits is told of the failure. */
    private void record(Throwable why, boolean handled) {
        try {
            failed(why, handled);
        } catch (RuntimeException | Error worse) {
            from.messaging
                    .logged()
                    .say(
                            "a record for " + from.caller,
                            more -> LOG.error("The failure of {} could not be recorded{}", what(), more, worse));
        }
    }

    @Override
    MessageKind kind() {
        return MessageKind.CALL;
    }

    @Override
    String where() {
        return what();
    }

    @Override
    @Nullable
    Object place() {
        return null;
    }

    @Override
    final String sender() {
        return answersTo().toString();
    }

    @Override
    final long sentMillis() {
        return System.currentTimeMillis() - (System.nanoTime() - sent) / 1_000_000;
    }

    @Override
    final boolean isUnhandled() {
        return !answered;
    }

    @Override
    final void lost() {
        if (answered) {
            unheard();
        } else {
            fail(new CallException(
                    FailureKind.CANCELLED, what() + " was stopped before it answered. Call again once it runs."));
        }
    }

    /** Put the answer into the caller's mailbox; {@code reusable} says that this itself stands in no mailbox. */
    final void handOver(Mailbox caller, boolean reusable) {
        if (!caller.pushInOrder(reusable ? this : new Answer(this))) {
            unheard();
        }
    }

    /** The caller ended, and hears of no answer any more. */
    private void unheard() {
        from.messaging.witness().letters().unheard();
        from.pending.remove(this);
        cause = null;
    }

    /** An answer in the caller's mailbox, where the reply may still stand in the receiver's. */
    private static final class Answer extends MailboxEntry {
        private final PendingReply<?> reply;

        Answer(PendingReply<?> reply) {
            this.reply = reply;
        }

        @Override
        protected void run() {
            reply.complete();
        }

        @Override
        protected void discarded() {
            reply.unheard();
        }
    }

    // --- in the caller's slice

    /** Hand the result to whoever waits. */
    @SuppressWarnings("unchecked")
    final void complete() {
        from.pending.remove(this);
        PendingReply<?> work = cause;
        cause = null;
        PendingReply<?> before = from.workFor(work);
        long message = from.handles(id);
        try {
            if (failure != null) {
                promise.tryFail(failure);
            } else {
                promise.tryComplete((T) Payloads.give(result));
            }
        } finally {
            from.workFor(before);
            from.handles(message);
        }
    }
}
