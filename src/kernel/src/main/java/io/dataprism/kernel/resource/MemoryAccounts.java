package io.dataprism.kernel.resource;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.MemoryPressure;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory accounts of all plugins. A charge is checked and made in one step, so that no limit is ever passed, however many threads
 * charge. Safe to use from any thread.
 */
public final class MemoryAccounts {
    /** 128 MB. */
    public static final long DEFAULT_PER_PLUGIN = 128L * 1024 * 1024;
    /** 1 GB. */
    public static final long DEFAULT_TOTAL = 1024L * 1024 * 1024;

    private static final int FIFTH = 5;
    private static final int QUARTER = 4;

    private final long perPlugin;
    private final long totalLimit;
    private final Map<PluginId, Account> accounts = new HashMap<>();
    private long total;
    private boolean totalTight;

    public MemoryAccounts() {
        this(DEFAULT_PER_PLUGIN, DEFAULT_TOTAL);
    }

    public MemoryAccounts(long perPlugin, long totalLimit) {
        this.perPlugin = perPlugin;
        this.totalLimit = totalLimit;
    }

    /** The account of {@code id} with the common limit; the same one each time until {@link #close}. */
    public MemoryAccount open(PluginId id) {
        return open(id, perPlugin);
    }

    /** The account of {@code id} with a limit of its own, which also applies to one that is open. */
    public synchronized MemoryAccount open(PluginId id, long limit) {
        Account account = accounts.computeIfAbsent(id, Account::new);
        account.limit = limit;
        return account;
    }

    /** Take everything off an account and forget it; how much it held. */
    public synchronized long close(PluginId id) {
        Account account = accounts.remove(id);
        if (account == null) {
            return 0;
        }
        long held = account.used;
        total -= held;
        account.used = 0;
        account.open = false;
        account.asked = null;
        ease(account);
        return held;
    }

    /** Bytes that all accounts hold. */
    public synchronized long total() {
        return total;
    }

    public long totalLimit() {
        return totalLimit;
    }

    /** What each account holds. */
    public synchronized Map<PluginId, Long> used() {
        Map<PluginId, Long> used = new HashMap<>();
        accounts.forEach((id, account) -> used.put(id, account.used));
        return used;
    }

    /** What one account holds, and may. */
    record Held(long used, long limit) {}

    /** What the account of {@code id} holds; nothing where there is none. */
    synchronized Held held(PluginId id) {
        Account account = accounts.get(id);
        return account == null ? new Held(0, perPlugin) : new Held(account.used, account.limit);
    }

    /** Bytes that {@code id} may hold, and retain. */
    public long limit(PluginId id) {
        return held(id).limit();
    }

    /**
     * Ask {@code id} to give something back, since it was found to retain {@code bytes}; whoever is asked may be anybody, so that this is not to be called
     * under a lock.
     */
    public void ask(PluginId id, long bytes) {
        Optional<Runnable> asking;
        synchronized (this) {
            Account account = accounts.get(id);
            asking = account == null ? Optional.empty() : account.ask(false, Math.max(bytes, account.used));
        }
        asking.ifPresent(Runnable::run);
    }

    /** Ask all of them: the node is short of heap. */
    public void askAll() {
        List<Runnable> asking = new ArrayList<>();
        synchronized (this) {
            accounts.values().forEach(account -> account.ask(true, account.used).ifPresent(asking::add));
        }
        asking.forEach(Runnable::run);
    }

    /** Let {@code id} charge nothing more, since it retains {@code bytes}; 0: let it again. */
    public synchronized void refuse(PluginId id, long bytes) {
        Account account = accounts.get(id);
        if (account != null) {
            account.retained = bytes;
        }
    }

    private long allocate(Account account, long bytes) {
        List<Runnable> asking = charge(account, bytes);
        // Not under the lock: whoever is asked may be anybody.
        try {
            asking.forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            // At the end of a stack, say: whoever is told of a failure holds nothing.
            deallocate(account, bytes);
            throw e;
        }
        return bytes;
    }

    private synchronized List<Runnable> charge(Account account, long bytes) {
        requireSize(account, bytes);
        if (!account.open) {
            throw new PluginException(
                    "DP-0604", "Plugin " + account.id + " has no memory account any more: it was unloaded.");
        }
        if (account.retained > 0) {
            throw new PluginException(
                    "DP-0680",
                    "Plugin '" + account.id + "' is allowed no more memory: it was found to retain " + account.retained
                            + " bytes of the heap, and may have " + account.limit
                            + ". It is suspended unless it gives some back. Raise limits.memory if it needs so much.");
        }
        // Compared by what is left, so that a huge request cannot overflow the sum.
        if (bytes > account.limit - account.used) {
            throw new PluginException("DP-0601", "Plugin " + account.id + " exceeds memory limit");
        }
        if (bytes > totalLimit - total) {
            throw new PluginException("DP-0602", "Total memory limit exceeded");
        }
        account.used += bytes;
        total += bytes;
        boolean tight = !account.tight && account.used > account.limit - account.limit / FIFTH;
        boolean allTight = !totalTight && total > totalLimit - totalLimit / FIFTH;
        account.tight |= tight;
        totalTight |= allTight;
        return tight || allTight ? asking(account, tight, allTight) : List.of();
    }

    /** What asks whoever is to give something back. Under the lock. */
    private List<Runnable> asking(Account account, boolean tight, boolean allTight) {
        List<Runnable> asking = new ArrayList<>();
        if (tight) {
            account.ask(false, account.used).ifPresent(asking::add);
        }
        if (allTight) {
            accounts.values().forEach(each -> each.ask(true, each.used).ifPresent(asking::add));
        }
        return asking;
    }

    private void listen(Account account, Handler<MemoryPressure> handler) {
        Optional<Runnable> asking;
        synchronized (this) {
            account.asked = handler;
            asking = account.tight
                    ? account.ask(false, account.used)
                    : totalTight ? account.ask(true, account.used) : Optional.empty();
        }
        asking.ifPresent(Runnable::run);
    }

    /** Under the lock. */
    private void ease(Account account) {
        account.tight &= account.used >= account.limit - account.limit / QUARTER;
        totalTight &= total >= totalLimit - totalLimit / QUARTER;
    }

    private synchronized void deallocate(Account account, long bytes) {
        requireSize(account, bytes);
        long off = Math.min(bytes, account.used);
        account.used -= off;
        total -= off;
        ease(account);
    }

    private static void requireSize(Account account, long bytes) {
        if (bytes < 0) {
            throw new PluginException(
                    "DP-0603", "Plugin " + account.id + " named a size of " + bytes + " bytes; expected 0 or more.");
        }
    }

    private final class Account implements MemoryAccount {
        private final PluginId id;
        private long used;
        private long limit;
        /** What it was found to retain, as long as that is too much; else 0. */
        private long retained;

        private boolean open = true;
        /** Whether it was asked to give something back, and is not far enough below its limit again. */
        private boolean tight;

        private @Nullable Handler<MemoryPressure> asked;

        Account(PluginId id) {
            this.id = id;
        }

        @Override
        public long allocate(long bytes) {
            return MemoryAccounts.this.allocate(this, bytes);
        }

        @Override
        public void deallocate(long bytes) {
            MemoryAccounts.this.deallocate(this, bytes);
        }

        private Optional<Runnable> ask(boolean ofAll, long bytes) {
            Handler<MemoryPressure> handler = asked;
            MemoryPressure pressure = new MemoryPressure(bytes, limit, ofAll);
            return handler == null ? Optional.empty() : Optional.of(() -> handler.handle(pressure));
        }

        @Override
        public void onPressure(Handler<MemoryPressure> handler) {
            listen(this, handler);
        }

        @Override
        public long used() {
            synchronized (MemoryAccounts.this) {
                return used;
            }
        }

        @Override
        public long limit() {
            synchronized (MemoryAccounts.this) {
                return limit;
            }
        }
    }
}
