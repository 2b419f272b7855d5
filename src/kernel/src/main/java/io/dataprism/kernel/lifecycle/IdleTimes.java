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

    /**
     * How long {@code hosted} has yet to be idle until it has been so for as long as its manifest says; zero or less when it has, empty where it says
     * nothing. While it works that is all of the time, and the work's end is seen only by looking again.
     */
    Optional<Duration> left(HostedPlugin hosted) {
        Optional<Duration> limit = hosted.record().manifest().activation().idleStop();
        Optional<Mailbox> mailbox = hosted.mailbox();
        if (limit.isEmpty() || mailbox.isEmpty()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        long busy = mailbox.get().busyNanos();
        Seen before = seen.get(hosted);
        if (before == null || before.busyNanos != busy || isAtWork(hosted)) {
            before = new Seen(busy, now);
            seen.put(hosted, before);
        }
        return Optional.of(limit.get().minusNanos(now - before.since));
    }

    /** Whether something waits for it, or that it began is under way elsewhere, of whose end no slice may tell. */
    boolean isAtWork(HostedPlugin hosted) {
        return hosted.mailbox().map(mailbox -> mailbox.waiting() > 0).orElse(false) || hosted.isWorking();
    }
}
