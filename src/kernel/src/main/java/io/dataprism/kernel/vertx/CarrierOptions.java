package io.dataprism.kernel.vertx;

import java.time.Duration;

/**
 * How plugins get threads.
 *
 * @param carriers threads that run slices, shared by all plugins; more are started while all of them are held up
 * @param blockingThreads threads at most for blocking work, shared by all plugins
 * @param blockingPerPlugin threads at most that one plugin's blocking work holds at once
 * @param waitingThreads threads at most for the slices of plugins whose handlers wait
 * @param quantum how long a slice may take before others have their turn
 * @param mailbox how much waits in one mailbox, where the plugin does not want less
 * @param supportedApiOnly whether to keep to what Vert.x supports, though its internals would do
 * @param hooks what sees each plugin's slices
 */
public record CarrierOptions(
        int carriers,
        int blockingThreads,
        int blockingPerPlugin,
        int waitingThreads,
        Duration quantum,
        MailboxLimits mailbox,
        boolean supportedApiOnly,
        SliceHook.Source hooks) {
    private static final int WAITING_THREADS = 64;

    /** As many carriers as processors, but two at least; 64 threads each for blocking work and for waiting; 100 µs; usual mailboxes. */
    public static CarrierOptions defaults() {
        return new CarrierOptions(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                64,
                16,
                Duration.ofNanos(100_000),
                MailboxLimits.DEFAULT);
    }

    /** The usual way with so many threads. */
    public CarrierOptions(
            int carriers, int blockingThreads, int blockingPerPlugin, Duration quantum, MailboxLimits mailbox) {
        this(
                carriers,
                blockingThreads,
                blockingPerPlugin,
                WAITING_THREADS,
                quantum,
                mailbox,
                false,
                plugin -> SliceHook.NONE);
    }

    public CarrierOptions {
        if (carriers < 1
                || blockingThreads < 1
                || blockingPerPlugin < 1
                || waitingThreads < 1
                || quantum.isNegative()
                || quantum.isZero()) {
            throw new IllegalArgumentException("Carriers, blocking threads and quantum must be positive, but are "
                    + carriers + ", " + blockingThreads + " (" + blockingPerPlugin + " a plugin), " + waitingThreads
                    + " waiting, " + quantum + ".");
        }
    }

    public CarrierOptions withCarriers(int threads) {
        return new CarrierOptions(
                threads, blockingThreads, blockingPerPlugin, waitingThreads, quantum, mailbox, supportedApiOnly, hooks);
    }

    public CarrierOptions withWaitingThreads(int threads) {
        return new CarrierOptions(
                carriers, blockingThreads, blockingPerPlugin, threads, quantum, mailbox, supportedApiOnly, hooks);
    }

    public CarrierOptions withSupportedApiOnly(boolean only) {
        return new CarrierOptions(
                carriers, blockingThreads, blockingPerPlugin, waitingThreads, quantum, mailbox, only, hooks);
    }

    public CarrierOptions withHooks(SliceHook.Source source) {
        return new CarrierOptions(
                carriers,
                blockingThreads,
                blockingPerPlugin,
                waitingThreads,
                quantum,
                mailbox,
                supportedApiOnly,
                source);
    }
}
