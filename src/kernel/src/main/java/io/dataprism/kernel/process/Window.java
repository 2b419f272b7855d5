package io.dataprism.kernel.process;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages a child was sent and has not worked off. Beyond so many the plugin gets no slices, so that what comes waits in its mailbox, as it does
 * for any plugin that is slow. Safe to use from any thread.
 */
final class Window {
    private static final int MOST = 512;

    private final AtomicLong sent = new AtomicLong();
    private volatile long consumed;
    private final Runnable open;

    /** @param open is called when there is room again */
    Window(Runnable open) {
        this.open = open;
    }

    void sent() {
        sent.incrementAndGet();
    }

    boolean isFull() {
        return sent.get() - consumed >= MOST;
    }

    /** The child says how many it has worked off in all; what it makes up harms itself alone. */
    void consumed(long all) {
        boolean was = isFull();
        consumed = all;
        if (was && !isFull()) {
            open.run();
        }
    }
}
