package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.MailboxEntry;
import org.jspecify.annotations.Nullable;

/** An entry that runs a handler of the party it was offered to. */
abstract class Delivery extends MailboxEntry {
    private final Party receiver;

    Delivery(Party receiver) {
        this.receiver = receiver;
    }

    final Party receiver() {
        return receiver;
    }

    @Override
    protected void run() {
        if (receiver.isServing()) {
            deliver();
        } else {
            receiver.hold(this);
        }
    }

    /** Run the handler. In the receiver's slice; must not throw what the handler threw. */
    abstract void deliver();

    /** What it is to its receiver. */
    abstract MessageKind kind();

    /** What it was sent to, for messages: {@code topic weather.update}. */
    abstract String where();

    /** Who sent it. */
    abstract String sender();

    /** When, by the clock. */
    abstract long sentMillis();

    /** The subscription or member that it is for; null: it is a call. */
    abstract @Nullable Object place();

    /** The receiver ended before it got this: whoever waits for it is told. On any thread. */
    void lost() {}

    /** Whether it is the receiver that has not got it. */
    boolean isUnhandled() {
        return true;
    }

    /** The receiver ended before it got this, which is counted. On any thread. */
    final void unhandled() {
        if (isUnhandled()) {
            receiver.messaging.losses().add(receiver.caller, kind(), where(), sender());
        }
        lost();
    }

    @Override
    protected final void discarded() {
        unhandled();
    }
}
