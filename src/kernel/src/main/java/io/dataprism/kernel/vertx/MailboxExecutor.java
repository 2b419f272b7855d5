package io.dataprism.kernel.vertx;

import io.vertx.core.internal.EventExecutor;

/** A mailbox as Vert.x sees it: where a context's timers and completions run. They are never refused while it is open. */
final class MailboxExecutor implements EventExecutor {
    private final SerialMailbox mailbox;

    MailboxExecutor(SerialMailbox mailbox) {
        this.mailbox = mailbox;
    }

    SerialMailbox mailbox() {
        return mailbox;
    }

    @Override
    public boolean inThread() {
        return mailbox.isRunner();
    }

    @Override
    public void execute(Runnable command) {
        mailbox.execute(command);
    }
}
