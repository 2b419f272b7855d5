package io.dataprism.gateway;

/** A token bucket: so many a second, and a burst of as many. Used by one thread. */
final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private final long perSecond;
    private long tokens;
    private long filled;

    RateLimit(int perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filled = now;
    }

    /** Take one token at {@code now}. */
    boolean take(long now) {
        long each = SECOND / perSecond;
        long gained = (now - filled) / each;
        tokens = Math.min(perSecond, tokens + gained);
        filled += gained * each;
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Milliseconds until there are tokens again; at least one. */
    long waitMillis() {
        return Math.max(1, 1_000 / perSecond);
    }
}
