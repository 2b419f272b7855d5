package io.dataprism.kernel.context;

import io.dataprism.api.MemoryAccount;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes on a plugin's account for as long as something is on its way to it. Safe to use from any thread. */
final class Held {
    private static final long OVER = -1;

    private final MemoryAccount account;
    /** Or {@link #OVER}. */
    private final AtomicLong bytes = new AtomicLong();

    Held(MemoryAccount account) {
        this.account = account;
    }

    /**
     * Take so many bytes more.
     *
     * @return false where it was released already, and nothing is taken: nobody waits for it any more
     * @throws io.dataprism.api.PluginException {@code DP-0601} where there is no room
     */
    boolean take(long more) {
        if (bytes.get() == OVER) {
            return false;
        }
        long taken = account.allocate(more);
        long before = bytes.getAndUpdate(had -> had == OVER ? OVER : had + taken);
        if (before == OVER) {
            account.deallocate(taken);
        }
        return before != OVER;
    }

    /** For good; more than once is as once. */
    void release() {
        long had = bytes.getAndSet(OVER);
        if (had > 0) {
            account.deallocate(had);
        }
    }
}
