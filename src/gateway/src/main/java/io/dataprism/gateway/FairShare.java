package io.dataprism.gateway;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What of its event loop a socket may use: a tenth, and a second at once, so that messages which are dear to check, such as by a contract with a pattern, leave
 * most of it to others. Counted is what the processor worked, not what the machine did meanwhile. Used by one thread.
 */
final class FairShare {
    static final long AT_ONCE_NANOS = 1_000_000_000;
    static final int PART = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long left = AT_ONCE_NANOS;
    private long counted = System.nanoTime();
    private long began;

    /** A message's turn begins. */
    void begin() {
        began = now();
    }

    /** It is over: how many milliseconds the next one has to wait, mostly none. */
    long waitMillis() {
        return waitMillis(now() - began, System.nanoTime());
    }

    /** The same for what worked for so long until {@code now}. */
    long waitMillis(long worked, long now) {
        left = Math.min(AT_ONCE_NANOS, left + (now - counted) / PART) - worked;
        counted = now;
        return left >= 0 ? 0 : -left * PART / 1_000_000 + 1;
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
