package io.dataprism.kernel.context;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.MemoryPressure;
import io.vertx.core.Handler;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's account as the plugin has it: it can take off what it charged itself, and not what the kernel holds for it, such as its cache. Safe to
 * use from any thread.
 */
final class OwnMemory implements MemoryAccount {
    private final MemoryAccount account;
    private final Executor slices;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Object lock = new Object();
    /** Kept here, where it is the plugin's alone. */
    private volatile @Nullable Handler<MemoryPressure> handler;

    private long own;

    /**
     * @param slices runs what it is given in the plugin's slices
     */
    OwnMemory(MemoryAccount account, Executor slices) {
        this.account = account;
        this.slices = slices;
    }

    @Override
    public long allocate(long bytes) {
        synchronized (lock) {
            long charged = account.allocate(bytes);
            own += charged;
            return charged;
        }
    }

    @Override
    public void deallocate(long bytes) {
        synchronized (lock) {
            long off = Math.min(bytes, own);
            account.deallocate(off);
            own -= off;
        }
    }

    @Override
    public void onPressure(Handler<MemoryPressure> asked) {
        handler = Objects.requireNonNull(asked);
        account.onPressure(this::ask);
    }

    /** One at a time waits in its mailbox, however often it comes near its limit and leaves again. */
    private void ask(MemoryPressure pressure) {
        Handler<MemoryPressure> to = handler;
        if (to != null && asking.compareAndSet(false, true)) {
            slices.execute(() -> {
                asking.set(false);
                to.handle(pressure);
            });
        }
    }

    @Override
    public long used() {
        return account.used();
    }

    @Override
    public long limit() {
        return account.limit();
    }
}
