package io.dataprism.kernel.vertx;

import org.jspecify.annotations.Nullable;

/**
 * Something that waits in a mailbox. It is the queue's link itself, so a message costs one object, and stands in one mailbox at a
 * time: it may be offered again once it has run.
 */
public abstract class MailboxEntry {
    /** The entry pushed before this one; while a batch is being run, the entry after it. */
    @Nullable
    MailboxEntry next;

    /** How many entries stood in the stack when this one was pushed, itself included. */
    int depth;

    /** Runs in the plugin's slice. What it throws is reported to the context. */
    protected abstract void run();

    /** Called instead of {@link #run}, on any thread, when the mailbox was closed first. Must not run plugin code. */
    protected void discarded() {}
}
