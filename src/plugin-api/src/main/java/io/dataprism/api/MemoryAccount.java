package io.dataprism.api;

import io.vertx.core.Handler;

/** What a plugin holds in memory by its own count. Safe to use from any thread. */
public interface MemoryAccount {

    /**
     * Charge {@code bytes}.
     *
     * @return {@code bytes}
     * @throws PluginException {@code DP-0601} {@code Plugin <id> exceeds memory limit}, or {@code DP-0602} {@code Total memory limit exceeded}; then
     *     nothing was charged
     */
    long allocate(long bytes);

    /** Take {@code bytes} off the account, of what was charged by {@link #allocate} at most. */
    void deallocate(long bytes);

    /** Bytes charged now. */
    long used();

    /** Bytes that may be charged at most. */
    long limit();

    /**
     * Be asked to give memory back, before anything is refused: once when the account comes over four fifths of its limit, or the accounts of all plugins
     * together over four fifths of theirs, and again when it does so after it was below three quarters. Each handler takes the place of the one before; it is
     * called in the plugin's slices, at once where the account is over already.
     */
    void onPressure(Handler<MemoryPressure> handler);
}
