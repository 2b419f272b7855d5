package io.dataprism.kernel.vertx;

import java.time.Duration;

/**
 * How plugins get threads.
 *
 * @param carriers threads that run slices, shared by all plugins; more are started while all of them are held up
 * @param blockingThreads threads at most for blocking work, shared by all plugins
 * @param blockingPerPlugin threads at most that one plugin's blocking work holds at once
 * @param quantum how long a slice may take before others have their turn
 * @param mailbox how much waits in one mailbox, where the plugin does not want less
 */
public record CarrierOptions(
        int carriers, int blockingThreads, int blockingPerPlugin, Duration quantum, MailboxLimits mailbox) {

    /** As many carriers as processors, but two at least; 64 blocking threads; 100 µs; usual mailboxes. */
    public static CarrierOptions defaults() {
        return new CarrierOptions(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                64,
                16,
                Duration.ofNanos(100_000),
                MailboxLimits.DEFAULT);
    }

    public CarrierOptions {
        if (carriers < 1 || blockingThreads < 1 || blockingPerPlugin < 1 || quantum.isNegative() || quantum.isZero()) {
            throw new IllegalArgumentException("Carriers, blocking threads and quantum must be positive, but are "
                    + carriers + ", " + blockingThreads + " (" + blockingPerPlugin + " a plugin), " + quantum + ".");
        }
    }
}
