package io.dataprism.kernel.process.wall;

import io.dataprism.kernel.resource.Meter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters children and holds them to their plugin's share of the processor: each some milliseconds it takes what a child used off the budget of its plugin, and where
 * that is used up it pauses the child until there is some again. So a child may use exactly its share over any time that is long against the budget's window, on
 * however many threads, and a change of its limit holds from the next look on. Where a control group holds it, it is metered alone.
 *
 * <p>One thread for all children, which sleeps while there are none. Safe to use from any thread.
 */
final class ShareKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShareKeeper.class);

    private static final long OFTEN = 5_000_000;
    private static final long SELDOM = 50_000_000;
    /** For so long after it used something a child is looked at often. */
    private static final long LIVELY = 1_000_000_000;

    private static final long FAMILY = 1_000_000_000;

    private final Guardian guardian;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    ShareKeeper(Guardian guardian) {
        this.guardian = guardian;
        thread = new Thread(this::run, "dataprism-child-shares");
        thread.setDaemon(true);
        thread.start();
    }

    /** Meter {@code child} with {@code meter} from now on; {@link Held#release} ends that. */
    Held hold(ProcessHandle child, Meter meter, ControlGroup group) {
        Held added = new Held(child, meter, group);
        held.add(added);
        LockSupport.unpark(thread);
        return added;
    }

    private void run() {
        while (!closed) {
            long now = System.nanoTime();
            long next = held.isEmpty() ? Long.MAX_VALUE : SELDOM;
            for (Held each : held) {
                next = Math.min(next, look(each, now));
            }
            if (next == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next);
            }
        }
    }

    /** A child that can't be looked at keeps no other from being held. */
    private long look(Held each, long now) {
        try {
            return each.look(now);
        } catch (RuntimeException e) {
            each.letGo(e);
            return SELDOM;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** One child under this keeper. */
    final class Held {
        private final ProcessHandle child;
        private final Meter meter;
        private final ControlGroup group;
        private List<Long> family;
        private long familyAt;
        private long seen;
        private long lively;
        private int percent = ControlGroup.ALL;
        private volatile boolean paused;
        private volatile boolean engaged;
        private volatile boolean suspended;
        private boolean failed;
        private boolean released;

        private Held(ProcessHandle child, Meter meter, ControlGroup group) {
            this.child = child;
            this.meter = meter;
            this.group = group;
            this.family = List.of(child.pid());
            this.familyAt = System.nanoTime() - FAMILY;
            this.lively = System.nanoTime();
        }

        /** Whether the kernel stopped it for a while: it answers nothing meanwhile, and is not to blame for that. */
        boolean isPaused() {
            return paused;
        }

        /** Hold it to its share from now on, or no more; it is metered all the same. */
        void engage(boolean now) {
            engaged = now;
            LockSupport.unpark(thread);
        }

        /** Let it do nothing at all, or let it go on; whatever it has left of its share. */
        void suspend(boolean now) {
            suspended = now;
            LockSupport.unpark(thread);
        }

        /** For how many nanoseconds it is to do nothing; 0 where it may go on. */
        private long hold(long now) {
            if (suspended) {
                return SELDOM;
            }
            return engaged ? Math.min(meter.cpu().hold(now), OFTEN) : 0;
        }

        /** It could not be looked at: rather let it go on than leave it stopped; it is looked at again. */
        private synchronized void letGo(RuntimeException why) {
            if (!failed) {
                failed = true;
                LOG.error(
                        "The child {} could not be looked at, and was not held meanwhile. This is an error of the kernel:"
                                + " report it.",
                        child.pid(),
                        why);
            }
            if (paused && !released) {
                paused = false;
                guardian.proceed(family);
            }
        }

        private synchronized long look(long now) {
            if (released) {
                return SELDOM;
            }
            if (paused) {
                return resume(now);
            }
            if (now - familyAt >= FAMILY) {
                familyAt = now;
                guardian.forget(family);
                family = family(child);
            }
            charge(now);
            follow();
            long hold = hold(now);
            if (hold > 0 && (suspended || !group.holdsProcessor())) {
                if (suspended) {
                    // It may have just begun, behind a wall that is its parent.
                    family = family(child);
                }
                paused = true;
                guardian.pause(family);
                return hold;
            }
            return now - lively < LIVELY ? OFTEN : SELDOM;
        }

        private long resume(long now) {
            charge(now);
            long hold = hold(now);
            if (hold > 0) {
                if (suspended && now - familyAt >= FAMILY) {
                    familyAt = now;
                    family = family(child);
                    guardian.pause(family);
                }
                return hold;
            }
            guardian.proceed(family);
            paused = false;
            return OFTEN;
        }

        private void charge(long now) {
            long all = 0;
            for (long process : family) {
                all += ProcessClock.used(process);
            }
            if (all > seen) {
                meter.used(all - seen, 0);
                lively = now;
            }
            // Less where one of the family has ended.
            seen = all;
        }

        private void follow() {
            int limit = engaged ? meter.cpu().percent() : ControlGroup.ALL;
            if (limit != percent) {
                percent = limit;
                try {
                    group.share(limit);
                } catch (IOException e) {
                    LOG.warn("The share of child {} can't be set to {} %: {}", child.pid(), limit, e.getMessage());
                }
            }
        }

        /** Meter it no more; a child that is paused goes on, or ends. */
        void release() {
            held.remove(this);
            synchronized (this) {
                if (!released) {
                    released = true;
                    charge(System.nanoTime());
                    if (paused) {
                        guardian.proceed(family);
                    }
                    guardian.forget(family);
                }
            }
        }
    }

    private static List<Long> family(ProcessHandle child) {
        List<Long> all = new ArrayList<>();
        all.add(child.pid());
        child.descendants().map(ProcessHandle::pid).forEach(all::add);
        return List.copyOf(all);
    }
}
