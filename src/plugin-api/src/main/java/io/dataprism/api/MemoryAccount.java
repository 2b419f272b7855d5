package io.dataprism.api;

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
}
