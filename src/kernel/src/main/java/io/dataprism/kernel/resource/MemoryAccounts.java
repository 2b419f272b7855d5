package io.dataprism.kernel.resource;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory accounts of all plugins. A charge is checked and made in one step, so that no limit is ever passed, however many threads
 * charge. Safe to use from any thread.
 */
public final class MemoryAccounts {
    /** 128 MB. */
    public static final long DEFAULT_PER_PLUGIN = 128L * 1024 * 1024;
    /** 1 GB. */
    public static final long DEFAULT_TOTAL = 1024L * 1024 * 1024;

    private final long perPlugin;
    private final long totalLimit;
    private final Map<PluginId, Account> accounts = new HashMap<>();
    private long total;

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

    private synchronized long allocate(Account account, long bytes) {
        requireSize(account, bytes);
        if (!account.open) {
            throw new PluginException(
                    "DP-0604", "Plugin " + account.id + " has no memory account any more: it was unloaded.");
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
        return bytes;
    }

    private synchronized void deallocate(Account account, long bytes) {
        requireSize(account, bytes);
        long off = Math.min(bytes, account.used);
        account.used -= off;
        total -= off;
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
        private boolean open = true;

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
