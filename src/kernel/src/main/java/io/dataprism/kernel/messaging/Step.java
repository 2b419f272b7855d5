package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.MailboxEntry;

/** A step of the kernel's own in somebody's mailbox. */
final class Step extends MailboxEntry {
    private final Runnable action;

    Step(Runnable action) {
        this.action = action;
    }

    @Override
    protected void run() {
        action.run();
    }
}
