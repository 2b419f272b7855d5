package io.dataprism.kernel.vertx;

import org.jspecify.annotations.Nullable;

/**
 * What slices use of one thread. The processor's clock is read once for several short slices, and what it says is shared among those who had them by how
 * long they took: so neither the clock nor telling is paid for by each slice, and nothing is told twice or to nobody. Owned by the thread.
 */
final class SliceUse {
    /** So long, or so many slices, or slices of so many mailboxes, until it is told. */
    private static final long LONG = 100_000;

    private static final int MANY = 128;
    private static final int OTHERS = 16;

    private final @Nullable SliceHook[] hooks = new @Nullable SliceHook[OTHERS];
    private final long[] took = new long[OTHERS];
    private final long[] bytes = new long[OTHERS];
    private int count;
    private int slices;
    private long tookInAll;
    private long cpuBefore;
    private long bytesBefore;

    /** A slice begins here. */
    void began() {
        if (slices == 0) {
            cpuBefore = ThreadClocks.cpu();
            bytesBefore = ThreadClocks.bytes();
        }
    }

    /** It ended after {@code nanos}; {@code hook} is told what it used, soon. */
    void ended(SliceHook hook, long nanos) {
        // Between two slices next to nothing is allocated: one look is the end of this one and the begin of the next.
        long now = ThreadClocks.bytes();
        long allocated = Math.max(0, now - bytesBefore);
        bytesBefore = now;
        slices++;
        tookInAll += nanos;
        if (nanos >= LONG / 4) {
            tell(hook, allocated);
            return;
        }
        int at = 0;
        while (at < count && hooks[at] != hook) {
            at++;
        }
        if (at == count) {
            hooks[at] = hook;
            took[at] = 0;
            bytes[at] = 0;
            count++;
        }
        took[at] += nanos;
        bytes[at] += allocated;
        if (tookInAll >= LONG || slices == MANY || count == OTHERS) {
            tell();
        }
    }

    /** Tell what has not been told: before the thread rests, or does something else for long. */
    void tell() {
        if (slices == 0) {
            return;
        }
        long cpu = cpu();
        long left = tookInAll;
        reset();
        for (int i = 0; i < count; i++) {
            long share = left <= 0 ? cpu : (long) (cpu * ((double) took[i] / left));
            cpu -= share;
            left -= took[i];
            tell(i, share);
        }
        count = 0;
    }

    /** The same with a long slice at the end: the short ones before it ran, for all that is known, while the long one may have waited. */
    private void tell(SliceHook last, long allocated) {
        long cpu = cpu();
        reset();
        for (int i = 0; i < count; i++) {
            long share = Math.min(cpu, took[i]);
            cpu -= share;
            tell(i, share);
        }
        count = 0;
        last.used(cpu, allocated);
    }

    private long cpu() {
        return Math.max(0, ThreadClocks.cpu() - cpuBefore);
    }

    private void reset() {
        slices = 0;
        tookInAll = 0;
    }

    private void tell(int at, long cpu) {
        SliceHook hook = hooks[at];
        hooks[at] = null;
        if (hook != null) {
            hook.used(cpu, bytes[at]);
        }
    }
}
