package io.dataprism.kernel.process.wall;

import io.dataprism.kernel.resource.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child that an {@link Enclosure} started, with what stands around it. Safe to use from any thread. */
public final class Enclosed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Enclosed.class);

    private static final long AGAIN_MILLIS = 20;
    private static final int MOST_TRIES = 250;

    private final Process process;
    private final boolean connected;
    private final WallLevel level;
    private final Guardian guardian;
    private final ControlGroup group;
    private final ShareKeeper shares;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private ShareKeeper.@Nullable Held held;
    private boolean ended;

    Enclosed(
            Process process,
            boolean connected,
            WallLevel level,
            Guardian guardian,
            ControlGroup group,
            ShareKeeper shares) {
        this.process = process;
        this.connected = connected;
        this.level = level;
        this.guardian = guardian;
        this.group = group;
        this.shares = shares;
        guardian.keep(process.pid());
        process.onExit().thenAccept(this::ended);
    }

    /** What was started: the child, or what stands around it and ends with it. Its standard streams are the child's. */
    public Process process() {
        return process;
    }

    /** Whether its connection is made already, as {@link WalledCommand#connected} says. */
    public boolean isConnected() {
        return connected;
    }

    /** What stands around it. */
    public WallLevel level() {
        return level;
    }

    /** What it uses since it was started is its plugin's. To be said once. */
    public synchronized void meter(Meter meter) {
        if (held == null && !ended) {
            held = shares.hold(process.toHandle(), meter, group);
        }
    }

    /** Hold it to its plugin's share from now on, or no more: not on its way up and down, where it has deadlines. */
    public synchronized void engage(boolean now) {
        if (held != null) {
            held.engage(now);
        }
    }

    /** Stop it with all that it started, or let it go on. */
    public synchronized void suspend(boolean now) {
        if (held != null) {
            held.suspend(now);
        }
    }

    /** Whether it is paused since its share is used up, or its plugin suspended: then it answers nothing, which is no fault of its. */
    public synchronized boolean isPaused() {
        return held != null && held.isPaused();
    }

    /** Completes when neither it nor its control group is there any more. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** End it at once, with all that it started. */
    @Override
    public void close() {
        if (process.isAlive()) {
            List<Long> all = new ArrayList<>(List.of(-process.pid()));
            process.descendants().map(ProcessHandle::pid).forEach(all::add);
            guardian.kill(all);
            process.destroyForcibly();
        }
    }

    private void ended(Process dead) {
        synchronized (this) {
            ended = true;
            if (held != null) {
                held.release();
            }
        }
        // What it started and left has its group still.
        guardian.kill(List.of(-dead.pid()));
        guardian.gone(dead.pid());
        group.kill();
        remove(MOST_TRIES);
    }

    private void remove(int tries) {
        if (group.remove()) {
            gone.complete(null);
        } else if (tries == 0) {
            LOG.warn("The control group of a child that ended stays: something runs in it still. {}", group.entries());
            gone.complete(null);
        } else {
            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> remove(tries - 1));
        }
    }
}
