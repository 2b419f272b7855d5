package io.dataprism.kernel.vertx;

import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.EventExecutor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mailbox as a stack that producers push to with one compare-and-set and the consumer takes whole and turns around. The head says
 * the state, too: IDLE (empty, not scheduled), {@code null} (empty, scheduled or running), CLOSED, or the entry pushed last.
 */
final class SerialMailbox implements Mailbox, EventExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialMailbox.class);
    private static final MailboxEntry IDLE = new Marker();
    private static final MailboxEntry CLOSED = new Marker();
    private static final int LONGEST_STRIDE = 64;
    private static final VarHandle HEAD;
    private static final VarHandle PENDING_COUNT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(SerialMailbox.class, "head", MailboxEntry.class);
            PENDING_COUNT = lookup.findVarHandle(SerialMailbox.class, "pendingCount", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CarrierGroup carriers;
    private final int limit;
    private final long quantum;

    @SuppressWarnings("FieldMayBeFinal") // written through HEAD
    private volatile @Nullable MailboxEntry head = IDLE;

    private volatile boolean closed;
    private volatile @Nullable Thread runner;
    private volatile long sliceStarted;
    private volatile long busy;
    private @Nullable ContextInternal context;

    // Owned by whoever runs the slice; the scheduling edge through HEAD or the run queue publishes them.
    private @Nullable MailboxEntry pending;
    private int pendingCount;
    private int stride = 1;

    SerialMailbox(CarrierGroup carriers, int limit, long quantum) {
        this.carriers = carriers;
        this.limit = limit;
        this.quantum = quantum;
    }

    /** The context that slices run on. Set once, before anything is offered. */
    void attach(ContextInternal made) {
        context = made;
    }

    Optional<ContextInternal> context() {
        return Optional.ofNullable(context);
    }

    @Override
    public boolean offer(Runnable action) {
        return add(new Action(action), true);
    }

    @Override
    public boolean offer(MailboxEntry entry) {
        return add(entry, true);
    }

    @Override
    public boolean push(MailboxEntry entry) {
        return add(entry, false);
    }

    /** Vert.x's own steps (timers, completions): never refused while the mailbox is open. */
    @Override
    public void execute(Runnable command) {
        add(new Action(command), false);
    }

    private boolean add(MailboxEntry entry, boolean bounded) {
        while (true) {
            MailboxEntry top = head;
            if (top == CLOSED) {
                return false;
            }
            int depth = top == null || top == IDLE ? 0 : top.depth;
            if (bounded && depth + (int) PENDING_COUNT.getOpaque(this) >= limit) {
                return false;
            }
            entry.next = top == IDLE ? null : top;
            entry.depth = depth + 1;
            if (HEAD.compareAndSet(this, top, entry)) {
                if (top == IDLE) {
                    carriers.ready(this);
                }
                return true;
            }
        }
    }

    /** Run entries until the quantum is over or none is left. Called by one carrier at a time. */
    void runSlice() {
        long start = System.nanoTime();
        sliceStarted = start;
        runner = Thread.currentThread();
        boolean more = dispatch(start);
        long total = busy + (System.nanoTime() - start);
        busy = total;
        // Whoever runs the next slice may begin at once, so everything of this one is put away before.
        runner = null;
        sliceStarted = 0;
        if (more || !HEAD.compareAndSet(this, (Object) null, IDLE)) {
            if (closed) {
                discardAll();
            } else {
                carriers.again(this);
            }
        }
    }

    /** With Vert.x's current context and class loader set for the whole slice. */
    private boolean dispatch(long start) {
        ContextInternal own = context;
        if (own == null) {
            return drain(start);
        }
        ContextInternal before = own.beginDispatch();
        try {
            return drain(start);
        } finally {
            own.endDispatch(before);
        }
    }

    /** Whether entries are left. */
    private boolean drain(long start) {
        int untilClock = stride;
        long last = start;
        while (true) {
            MailboxEntry entry = pending != null ? pending : takeAll();
            if (entry == null) {
                return false;
            }
            // Unlinked first: a handler that keeps its entry must not keep all that came after it.
            pending = entry.next;
            entry.next = null;
            PENDING_COUNT.setOpaque(this, pendingCount - 1);
            run(entry);
            if (closed) {
                return true;
            }
            if (--untilClock == 0) {
                long now = System.nanoTime();
                if (now - start >= quantum) {
                    adapt(now - last);
                    return pending != null || head != null;
                }
                adapt(now - last);
                last = now;
                untilClock = stride;
            }
        }
    }

    /** Look at the clock about eight times a quantum, however long the entries take. */
    private void adapt(long elapsed) {
        if (elapsed > quantum / 8) {
            stride = Math.max(1, stride / 2);
        } else if (elapsed < quantum / 16 && stride < LONGEST_STRIDE) {
            stride *= 2;
        }
    }

    private void run(MailboxEntry entry) {
        if (closed) {
            entry.discarded();
            return;
        }
        try {
            entry.run();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    private void report(Throwable failure) {
        ContextInternal own = context;
        try {
            if (own != null) {
                own.reportException(failure);
            }
        } catch (Throwable worse) {
            LOG.error(
                    "A mailbox's failure could not be reported: {}",
                    worse.getClass().getName());
        }
    }

    /** The first of all that was pushed since the last time. */
    private @Nullable MailboxEntry takeAll() {
        while (true) {
            MailboxEntry top = head;
            if (top == null || top == CLOSED) {
                return null;
            }
            if (HEAD.compareAndSet(this, top, (Object) null)) {
                PENDING_COUNT.setOpaque(this, top.depth);
                return reversed(top);
            }
        }
    }

    private static MailboxEntry reversed(MailboxEntry top) {
        MailboxEntry first = null;
        MailboxEntry entry = top;
        while (entry != null) {
            MailboxEntry below = entry.next;
            entry.next = first;
            first = entry;
            entry = below;
        }
        return first == null ? top : first;
    }

    @Override
    public boolean inThread() {
        return runner == Thread.currentThread();
    }

    @Override
    public boolean inSlice() {
        return inThread();
    }

    @Override
    public int waiting() {
        MailboxEntry top = head;
        int stacked = top == null || top == IDLE || top == CLOSED ? 0 : top.depth;
        return stacked + (int) PENDING_COUNT.getOpaque(this);
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public OptionalLong sliceStartedNanos() {
        long started = sliceStarted;
        return started == 0 ? OptionalLong.empty() : OptionalLong.of(started);
    }

    @Override
    public Optional<Thread> runningOn() {
        return Optional.ofNullable(runner);
    }

    @Override
    public long busyNanos() {
        return busy;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        while (true) {
            MailboxEntry top = head;
            if (top == CLOSED) {
                return;
            }
            if (HEAD.compareAndSet(this, top, CLOSED)) {
                if (top != null && top != IDLE) {
                    discard(reversed(top));
                }
                return;
            }
        }
    }

    /** By the last slice: what it had taken but not run. */
    private void discardAll() {
        MailboxEntry rest = pending;
        pending = null;
        PENDING_COUNT.setOpaque(this, 0);
        discard(rest);
        close();
    }

    private static void discard(@Nullable MailboxEntry first) {
        MailboxEntry entry = first;
        while (entry != null) {
            MailboxEntry next = entry.next;
            entry.next = null;
            entry.discarded();
            entry = next;
        }
    }

    private static final class Action extends MailboxEntry {
        private final Runnable action;

        Action(Runnable action) {
            this.action = action;
        }

        @Override
        protected void run() {
            action.run();
        }
    }

    private static final class Marker extends MailboxEntry {
        @Override
        protected void run() {
            throw new IllegalStateException("A marker is no entry.");
        }
    }
}
