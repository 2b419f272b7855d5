package io.dataprism.kernel.context;

import io.dataprism.api.MemoryAccount;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes on a plugin's account for as long as something is on its way to it. Safe to use from any thread. */
final class Held {
    private final MemoryAccount account;
    private final AtomicLong bytes = new AtomicLong();

    Held(MemoryAccount account) {
        this.account = account;
    }

    /** @throws io.dataprism.api.PluginException {@code DP-0601} where there is no room */
    void take(long more) {
        bytes.addAndGet(account.allocate(more));
    }

    void release() {
        account.deallocate(bytes.getAndSet(0));
    }
}
