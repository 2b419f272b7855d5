package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.MailboxEntry;

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

    /** The receiver ended before it got this. On any thread. */
    abstract void lost();

    @Override
    protected final void discarded() {
        lost();
    }
}
