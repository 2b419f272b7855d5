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

    /** What they weigh together. */
    long stackedWeight;

    /** Runs in the plugin's slice. What it throws is reported to the context. */
    protected abstract void run();

    /** About how many bytes it holds; the same at each call. */
    public int weight() {
        return 0;
    }

    /** It had been held outside the full mailbox, and was taken. On any thread. Must not run plugin code. */
    protected void admitted() {}

    /** Called instead of {@link #admitted} when the mailbox was closed first. On any thread. Must not run plugin code. */
    protected void turnedAway() {
        discarded();
    }

    /** Called instead of {@link #run}, on any thread, when another entry of its lane took its place. Must not run plugin code. */
    protected void dropped() {}

    /** Called instead of {@link #run}, on any thread, when the mailbox was closed first. Must not run plugin code. */
    protected void discarded() {}
}
