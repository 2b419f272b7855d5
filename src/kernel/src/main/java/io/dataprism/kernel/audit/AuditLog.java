package io.dataprism.kernel.audit;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's audit log. What is told to it waits in memory for its one thread, which writes it and brings it to the disk, many lines at once where there are many.
 * Where that can't be done they wait, it is tried again each second, and an error stands in the node's log; where too many wait, it is counted
 * what is missing. Safe to use from any thread.
 */
public final class AuditLog implements AuditTrail, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    /** About ten megabytes. */
    private static final int CAPACITY = 20_000;

    private static final int BATCH = 1_000;
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final long COUNTS = TimeUnit.MINUTES.toNanos(1);
    private static final long ROTATION = TimeUnit.HOURS.toNanos(1);
    private static final long CLOSE_MILLIS = 5_000;

    private final Path folder;
    private final String node;
    private final AuditOptions options;
    private final Clock clock;
    private final LongSupplier nanos = System::nanoTime;
    private final AuditInbox inbox;
    private final AuditWriter writer;
    private final AuditReader reader;
    private final Thread thread;
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private volatile Supplier<List<AuditEntry>> counts = List::of;
    private volatile @Nullable String trouble;
    private volatile @Nullable String headsTrouble;
    private volatile boolean ended;

    // Of the thread
    private List<Timed> pending = List.of();
    private long headTold;
    private long nextHead;
    private long nextCounts;
    private long nextRotation;

    private AuditLog(Path folder, String node, AuditOptions options, Clock clock, int capacity) {
        this.folder = folder;
        this.node = node;
        this.options = options;
        this.clock = clock;
        this.inbox = new AuditInbox(capacity, clock, nanos);
        Object reading = new Object();
        this.writer = AuditWriter.open(folder, options, clock, reading);
        this.reader = AuditReader.of(folder, reading);
        this.thread = new Thread(this::run, "dataprism-audit-" + node);
        long now = nanos.getAsLong();
        this.nextHead = now + options.headsEvery().toNanos();
        this.nextCounts = now + COUNTS;
        this.nextRotation = now + ROTATION;
        thread.setDaemon(true);
    }

    /**
     * Go on with the log in {@code folder}, or begin one. Blocks; who calls has the node's data folder for itself.
     *
     * @throws PluginException {@code DP-0851} where what is there can't be read, {@code DP-0855} where a newer kernel wrote it
     */
    public static AuditLog open(Path folder, String node, AuditOptions options) {
        return open(folder, node, options, Clock.system(ZoneId.systemDefault()), CAPACITY);
    }

    static AuditLog open(Path folder, String node, AuditOptions options, Clock clock, int capacity) {
        AuditLog log = new AuditLog(folder, node, options, clock, capacity);
        log.changed(AuditEntry.done(
                Actor.KERNEL,
                "node-started",
                node,
                "process " + ProcessHandle.current().pid()));
        log.thread.start();
        return log;
    }

    @Override
    public void changed(AuditEntry entry) {
        inbox.add(entry);
    }

    @Override
    public void denied(AuditEntry entry) {
        inbox.deny(entry);
    }

    /** Ask {@code counted} each minute, and at the end, for what is counted, as lines to be. It is asked on this log's thread. */
    public void counting(Supplier<List<AuditEntry>> counted) {
        counts = counted;
    }

    /**
     * Everything that was told before, denials too, on the disk.
     *
     * @return fails with {@code DP-0850} where it can't be written now; it is tried again all the same
     */
    public Future<Void> written() {
        Promise<Void> promise = Promise.promise();
        synchronized (waiting) {
            if (ended) {
                return Future.failedFuture(new PluginException(
                        "DP-0806", "The audit log in " + folder + " is closed. Its kernel has ended."));
            }
            waiting.add(promise);
        }
        inbox.ask();
        return promise.future();
    }

    /** Reads it, up to what is on the disk. */
    public AuditReader reader() {
        return reader;
    }

    /** Why lines wait, or the head is not told, now; empty where all is well. */
    public Optional<String> trouble() {
        String lines = trouble;
        return Optional.ofNullable(lines == null ? headsTrouble : lines);
    }

    // --- on its thread

    private void run() {
        boolean open = true;
        while (open) {
            try {
                open = inbox.await(due(), trouble != null);
                tick();
                round();
            } catch (InterruptedException e) {
                // Nobody has a reason to: close says when it is over.
                LOG.warn("The thread of the audit log was interrupted, and goes on");
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
        end();
    }

    /** When to look again, whatever comes. */
    private long due() {
        long now = nanos.getAsLong();
        long next = Math.min(nextCounts - now, nextRotation - now);
        if (options.heads().isPresent()) {
            next = Math.min(next, nextHead - now);
        }
        return now + (trouble == null ? next : Math.min(next, AGAIN));
    }

    private void tick() {
        long now = nanos.getAsLong();
        if (now - nextCounts >= 0) {
            nextCounts = now + COUNTS;
            counts.get().forEach(inbox::add);
        }
        if (now - nextRotation >= 0) {
            nextRotation = now + ROTATION;
            tidy(true);
        }
        if (now - nextHead >= 0) {
            nextHead = now + options.headsEvery().toNanos();
            tellHead();
        }
    }

    /** Write what there is. */
    private void round() {
        List<Promise<Void>> asked;
        synchronized (waiting) {
            asked = List.copyOf(waiting);
            waiting.clear();
        }
        Exception failure = write();
        if (failure == null) {
            tidy(false);
            asked.forEach(Promise::complete);
        } else {
            failed(failure);
            asked.forEach(promise -> promise.fail(AuditFailures.unwritten(folder, failure)));
        }
    }

    private @Nullable Exception write() {
        try {
            if (pending.isEmpty()) {
                pending = inbox.take(BATCH);
            }
            while (!pending.isEmpty()) {
                writer.append(pending);
                pending = inbox.take(BATCH);
            }
        } catch (IOException | RuntimeException e) {
            return e;
        }
        if (trouble != null) {
            trouble = null;
            LOG.info("The audit log in {} is written again", folder);
        }
        return null;
    }

    private void failed(Throwable cause) {
        if (trouble == null) {
            LOG.error(
                    "DP-0850 The audit log in {} can't be written. Lines wait in memory, and it is tried again every second. Make room on the disk, or let this user write there.",
                    folder,
                    cause);
        }
        trouble = "DP-0850 lines wait in memory, since they can't be written: " + cause.getMessage();
    }

    private void tidy(boolean always) {
        try {
            if (always) {
                writer.rotate();
            } else {
                writer.tidy();
            }
        } catch (IOException e) {
            LOG.error(
                    "DP-0850 The oldest files of the audit log in {} can't be rotated out; it is tried again within the hour",
                    folder,
                    e);
        }
    }

    private void tellHead() {
        Path file = options.heads().orElse(null);
        if (file == null || writer.sequence() == headTold) {
            return;
        }
        try {
            AuditHeads.add(file, new Head(node, clock.instant(), writer.sequence(), writer.hash()));
            headTold = writer.sequence();
            if (headsTrouble != null) {
                headsTrouble = null;
                LOG.info("The head of the audit log is told to {} again", file);
            }
        } catch (IOException e) {
            PluginException failure = AuditFailures.unwrittenHeads(file, e);
            if (headsTrouble == null) {
                LOG.error("{} {}", failure.code(), failure.getMessage());
            }
            headsTrouble = failure.code() + " " + failure.getMessage();
        }
    }

    private void end() {
        try {
            counts.get().forEach(inbox::add);
            inbox.add(AuditEntry.done(Actor.KERNEL, AuditEnd.STOPPED, node, ""));
            inbox.ask();
            round();
            tellHead();
            writer.close();
        } catch (IOException | RuntimeException e) {
            LOG.error("The audit log in {} could not be closed in order", folder, e);
        }
        if (!pending.isEmpty()) {
            LOG.error(
                    "DP-0850 The node ends, and {} lines or more of its audit log in {} could not be written: they are lost",
                    pending.size(),
                    folder);
        }
        List<Promise<Void>> left;
        synchronized (waiting) {
            ended = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(promise -> promise.fail(
                new PluginException("DP-0806", "The audit log in " + folder + " was closed. Its kernel has ended.")));
    }

    /** Write what there is, tell the head, and end. Blocks. */
    @Override
    public void close() {
        inbox.close();
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                LOG.error(
                        "The audit log in {} does not end: the disk does not answer. What it did not take is lost",
                        folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
