package io.dataprism.kernel.vertx;

import org.jspecify.annotations.Nullable;

/**
 * What slices use of one thread. The processor's clock is read once for several short slices, and what it says is shared among them by how long each took:
 * so it costs a hundredth of them, and nothing is told twice or to nobody. Owned by the thread.
 */
final class SliceUse {
    /** So long, or so many slices, until it is told. */
    private static final long LONG = 100_000;

    private static final int MANY = 32;

    private final @Nullable SliceHook[] hooks = new @Nullable SliceHook[MANY];
    private final long[] took = new long[MANY];
    private final long[] bytes = new long[MANY];
    private int count;
    private long tookInAll;
    private long cpuBefore;
    private long bytesBefore;

    /** A slice begins here. */
    void began() {
        if (count == 0) {
            cpuBefore = ThreadClocks.cpu();
        }
        bytesBefore = ThreadClocks.bytes();
    }

    /** It ended after {@code nanos}; {@code hook} is told what it used, soon. */
    void ended(SliceHook hook, long nanos) {
        hooks[count] = hook;
        took[count] = nanos;
        bytes[count] = Math.max(0, ThreadClocks.bytes() - bytesBefore);
        count++;
        tookInAll += nanos;
        if (tookInAll >= LONG || count == MANY) {
            tell();
        }
    }

    /** Tell what has not been told: before the thread rests, or does something else for long. */
    void tell() {
        if (count == 0) {
            return;
        }
        long cpu = Math.max(0, ThreadClocks.cpu() - cpuBefore);
        long left = tookInAll;
        // Short ones before a long one ran, for all that is known; the long one may have waited.
        boolean longOne = took[count - 1] >= LONG / 4;
        for (int i = 0; i < count; i++) {
            long share = longOne && i < count - 1
                    ? Math.min(cpu, took[i])
                    : left <= 0 ? cpu : (long) (cpu * ((double) took[i] / left));
            cpu -= share;
            left -= took[i];
            SliceHook hook = hooks[i];
            hooks[i] = null;
            if (hook != null) {
                hook.used(share, bytes[i]);
            }
        }
        count = 0;
        tookInAll = 0;
    }
}
