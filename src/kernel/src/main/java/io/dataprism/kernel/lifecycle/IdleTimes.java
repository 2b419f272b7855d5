package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.vertx.Mailbox;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Since when plugins have had nothing to do: their mailboxes' busy time stands still, and nothing that they began is under way
 * elsewhere. Owned by the lifecycle thread.
 */
final class IdleTimes {
    private final Map<HostedPlugin, Seen> seen = new WeakHashMap<>();

    /** How busy a plugin had been, and since when that has not changed. */
    private record Seen(long busyNanos, long since) {}

    /** Whether {@code hosted} has been idle for as long as its manifest says. */
    boolean isOver(HostedPlugin hosted) {
        Optional<Duration> limit = hosted.record().manifest().activation().idleStop();
        Optional<Mailbox> mailbox = hosted.mailbox();
        if (limit.isEmpty() || mailbox.isEmpty()) {
            return false;
        }
        long busy = mailbox.get().busyNanos();
        Seen before = seen.get(hosted);
        if (before == null || before.busyNanos != busy || mailbox.get().waiting() > 0 || hosted.isWorking()) {
            seen.put(hosted, new Seen(busy, System.nanoTime()));
            return false;
        }
        return System.nanoTime() - before.since > limit.get().toNanos();
    }
}
