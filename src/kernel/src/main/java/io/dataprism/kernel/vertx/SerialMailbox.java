package io.dataprism.kernel.vertx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mailbox as a stack that producers push to with one compare-and-set and the consumer takes whole and turns around. The head says
 * the state, too: IDLE (empty, not scheduled), {@code null} (empty, scheduled or running), CLOSED, or the entry pushed last.
 */
final class SerialMailbox implements Mailbox {
    /** Where there are none, because Vert.x has no such threads, their class must not even be looked for. */
    private static final boolean CARRIERS = Internals.work();

    private static final Logger LOG = LoggerFactory.getLogger(SerialMailbox.class);
    /** Of all mailboxes. Nothing is called to put one there, since there may be no heap for it. */
    static final Unannounced UNANNOUNCED = new Unannounced();

    private static final MailboxEntry IDLE = new Marker();
    private static final MailboxEntry CLOSED = new Marker();
    private static final int LOOKS = 4;

    private static final VarHandle HEAD;
    private static final VarHandle DUE;
    private static final VarHandle PENDING_COUNT;
    private static final VarHandle PENDING_WEIGHT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(SerialMailbox.class, "head", MailboxEntry.class);
            DUE = lookup.findVarHandle(SerialMailbox.class, "due", boolean.class);
            PENDING_COUNT = lookup.findVarHandle(SerialMailbox.class, "pendingCount", int.class);
            PENDING_WEIGHT = lookup.findVarHandle(SerialMailbox.class, "pendingWeight", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile SliceScheduler scheduler;
    private final MailboxLimits limits;
    private final SliceHook hook;
    private final boolean metered;
    private final @Nullable Holds holds;
    private final Overflow overflow;
    private final long quantum;

    @SuppressWarnings("FieldMayBeFinal") // written through HEAD
    private volatile @Nullable MailboxEntry head = IDLE;

    /**
     * Whether it is to have a slice: said before it is announced to the scheduler, and taken by whoever begins the slice. So it may be announced twice,
     * where it is not known how far that came the first time.
     */
    @SuppressWarnings("UnusedVariable") // read through DUE
    private volatile boolean due;

    /** The next one whose announcement broke off. Guarded by those that did. */
    @Nullable
    SerialMailbox nextUnannounced;

    /** Whether it is among those. Guarded as well. */
    boolean unannounced;

    private volatile boolean closed;
    /** Whether entries wait outside; set under the overflow's lock. */
    private volatile boolean overflowing;

    private volatile @Nullable Thread runner;
    /** Of the slice that runs; under the overflow's lock. */
    private @Nullable Interruption interruption;

    private volatile long sliceStarted;
    private volatile long busy;
    private SliceFrame frame = SliceFrame.NONE;

    // Owned by whoever runs the slice; the scheduling edge through HEAD or the run queue publishes them.
    private Taken taken = new Taken(null);
    private int pendingCount;
    private long pendingWeight;
    private final Pace pace;

    /** Since when it should be with a carrier; of its run queue. */
    long dueSince;

    /** How many entries this slice has run. */
    private int ran;

    SerialMailbox(SliceScheduler scheduler, MailboxLimits limits, long quantum) {
        this(scheduler, limits, quantum, SliceHook.NONE, null);
    }

    /**
     * @param holds where it waits while {@code hook} holds it back; null where that never does
     */
    SerialMailbox(SliceScheduler scheduler, MailboxLimits limits, long quantum, SliceHook hook, @Nullable Holds holds) {
        this.scheduler = scheduler;
        this.limits = limits;
        this.hook = hook;
        this.metered = hook.isMetered();
        this.holds = holds;
        this.overflow = new Overflow(limits);
        this.quantum = quantum;
        this.pace = new Pace(quantum);
    }

    /** What is around slices. Set once, before anything is offered. */
    void attach(SliceFrame around) {
        frame = around;
    }

    /** From the next slice on, {@code next} gives slices. */
    void servedBy(SliceScheduler next) {
        scheduler = next;
    }

    @Override
    public boolean offer(Runnable action) {
        return offer(new Action(action));
    }

    @Override
    public boolean offer(MailboxEntry entry) {
        return offer(entry, null) == Answer.TAKEN;
    }

    @Override
    public Answer offer(MailboxEntry entry, @Nullable OverflowLane lane) {
        Answer answer = overflowing ? Answer.FULL : add(entry, true);
        return answer == Answer.FULL && lane != null ? hold(entry, lane) : answer;
    }

    @Override
    public boolean push(MailboxEntry entry) {
        return add(entry, false) == Answer.TAKEN;
    }

    @Override
    public boolean pushInOrder(MailboxEntry entry) {
        if (overflowing) {
            synchronized (overflow) {
                if (overflowing) {
                    overflow.addAnyway(entry);
                    return true;
                }
            }
        }
        return push(entry);
    }

    /** Steps of a context (timers, completions): never refused while the mailbox is open. */
    boolean execute(Runnable command) {
        return push(new Action(command));
    }

    private Answer add(MailboxEntry entry, boolean bounded) {
        int weight = entry.weight();
        while (true) {
            MailboxEntry top = head;
            if (top == CLOSED) {
                return Answer.CLOSED;
            }
            // The mark of an idle mailbox counts and weighs nothing.
            int depth = top == null ? 0 : top.depth;
            long stacked = top == null ? 0 : top.stackedWeight;
            if (bounded
                    && !limits.fit(
                            depth + (int) PENDING_COUNT.getOpaque(this),
                            stacked + (long) PENDING_WEIGHT.getOpaque(this),
                            weight)) {
                // What was taken from the stack between the two readings counted twice.
                if (head == top) {
                    return Answer.FULL;
                }
                continue;
            }
            if (top == IDLE) {
                // From the next step on, others wait for its slice.
                scheduler.requireRoom();
            }
            entry.next = top == IDLE ? null : top;
            entry.depth = depth + 1;
            entry.stackedWeight = stacked + weight;
            if (HEAD.compareAndSet(this, top, entry)) {
                if (top == IDLE) {
                    due = true;
                }
                try {
                    if (CARRIERS && Thread.currentThread() instanceof Carrier carrier) {
                        carrier.moved++;
                    }
                    if (top == IDLE) {
                        announce();
                    }
                } catch (VirtualMachineError brokenOff) {
                    // There is no more of the heap, so that nothing may be called here. The entry was taken all the
                    // same.
                    synchronized (UNANNOUNCED) {
                        if (top == IDLE && !unannounced) {
                            unannounced = true;
                            nextUnannounced = UNANNOUNCED.first;
                            UNANNOUNCED.first = this;
                        }
                    }
                }
                return Answer.TAKEN;
            }
        }
    }

    /** Have it get a slice, as is {@link #due}. */
    void announce() {
        hook.ready();
        scheduler.ready(this);
    }

    /** Let {@code entry} wait outside, unless there has been room for it meanwhile. */
    private Answer hold(MailboxEntry entry, OverflowLane lane) {
        scheduler.requireRoom();
        MailboxEntry dropped;
        synchronized (overflow) {
            if (!overflowing) {
                Answer answer = add(entry, true);
                if (answer != Answer.FULL) {
                    return answer;
                }
            }
            if (closed) {
                return Answer.CLOSED;
            }
            dropped = overflow.add(entry, lane);
            overflowing = !overflow.isEmpty();
        }
        if (dropped == entry) {
            return Answer.FULL;
        }
        if (dropped != null) {
            dropped.dropped();
        }
        wake();
        return lane.choice() == OverflowLane.Choice.HOLD ? Answer.HELD : Answer.TAKEN;
    }

    /** The receiver may have run out of work just before something was put outside. */
    private void wake() {
        if (head == IDLE && HEAD.compareAndSet(this, IDLE, (Object) null)) {
            due = true;
            try {
                announce();
            } catch (VirtualMachineError brokenOff) {
                synchronized (UNANNOUNCED) {
                    if (!unannounced) {
                        unannounced = true;
                        nextUnannounced = UNANNOUNCED.first;
                        UNANNOUNCED.first = this;
                    }
                }
            }
        }
    }

    /** Run entries until the quantum is over or none is left. Nothing where it had its slice already. */
    void runSlice() {
        if (!DUE.compareAndSet(this, true, false) || isHeld()) {
            return;
        }
        SliceUse added = metered ? addedUp() : null;
        boolean alone = metered && added == null;
        long cpuBefore = alone ? ThreadClocks.cpu() : 0;
        long bytesBefore = alone ? ThreadClocks.bytes() : 0;
        long start = System.nanoTime();
        sliceStarted = start;
        ran = 0;
        runner = Thread.currentThread();
        hook.began();
        if (added != null) {
            added.began();
        }
        boolean more = dispatch(start);
        long took = System.nanoTime() - start;
        pace.sliceTook(took, ran + movedByCarrier());
        long total = busy + took;
        busy = total;
        if (added != null) {
            added.ended(hook, took);
        } else if (alone) {
            hook.used(Math.max(0, ThreadClocks.cpu() - cpuBefore), Math.max(0, ThreadClocks.bytes() - bytesBefore));
        }
        hook.ended(took);
        // Whoever runs the next slice may begin at once, so everything of this one is put away before.
        synchronized (overflow) {
            if (interruption == null) {
                runner = null;
                sliceStarted = 0;
            }
        }
        if (runner != null) {
            Interruption.end(overflow, () -> interruption, this::endInterrupted);
        }
        if (!more && HEAD.compareAndSet(this, (Object) null, IDLE)) {
            // Whoever put something outside meanwhile has seen that this was not idle yet.
            if (!overflowing || !HEAD.compareAndSet(this, IDLE, (Object) null)) {
                return;
            }
        }
        if (closed) {
            discardAll();
        } else {
            due = true;
            again();
        }
    }

    /** Where a carrier adds up its slices; null elsewhere. */
    private static @Nullable SliceUse addedUp() {
        return CARRIERS && Thread.currentThread() instanceof Carrier carrier ? carrier.use : null;
    }

    /** Whether no slice may begin now; then it is announced again when one may. */
    private boolean isHeld() {
        Holds waiting = holds;
        if (waiting == null || closed) {
            return false;
        }
        long nanos = hook.hold();
        if (nanos == 0) {
            return false;
        }
        due = true;
        try {
            waiting.after(nanos, this::release);
        } catch (VirtualMachineError brokenOff) {
            UNANNOUNCED.add(this);
        }
        // Whoever let go of it, or closed it, just before it was due again has found nothing to announce.
        return !((closed || hook.hold() == 0) && DUE.compareAndSet(this, true, false));
    }

    @Override
    public void release() {
        if (due) {
            again(scheduler::ready);
        }
    }

    private void again() {
        again(scheduler::again);
    }

    private void again(Consumer<SerialMailbox> announcing) {
        try {
            announcing.accept(this);
        } catch (VirtualMachineError brokenOff) {
            UNANNOUNCED.add(this);
        }
    }

    private void endInterrupted() {
        runner = null;
        sliceStarted = 0;
        interruption = null;
    }

    private static long movedByCarrier() {
        return CARRIERS && Thread.currentThread() instanceof Carrier carrier ? carrier.moved : 0;
    }

    /** Whether it works so long on each entry that another processor's help outweighs what moving messages between two costs. */
    boolean isHeavy() {
        return pace.isHeavy();
    }

    /** How much later than others it is due. */
    long lateness() {
        return hook.lateness();
    }

    /** How many nanoseconds its last slice took. */
    long lastSlice() {
        return pace.lastSlice();
    }

    @Override
    public boolean interrupt(long slice) {
        synchronized (overflow) {
            Thread running = runner;
            if (running == null || sliceStarted != slice) {
                return false;
            }
            interruption = Interruption.of(running, interruption);
            return true;
        }
    }

    private boolean dispatch(long start) {
        Object before = frame.enter();
        try {
            return drain(start);
        } catch (Throwable broken) {
            // Not an entry's failure, which is reported where it runs: nothing that waits may be lost by it.
            report(broken);
            return true;
        } finally {
            frame.leave(before);
        }
    }

    /** Whether entries are left. */
    private boolean drain(long start) {
        int untilClock = pace.stride();
        long last = start;
        while (true) {
            MailboxEntry entry = taken.first != null ? taken.first : takeAll();
            if (entry == null) {
                return false;
            }
            // Unlinked first: a handler that keeps its entry must not keep all that came after it.
            taken.first = entry.next;
            entry.next = null;
            PENDING_COUNT.setOpaque(this, pendingCount - 1);
            PENDING_WEIGHT.setOpaque(this, pendingWeight - entry.weight());
            ran++;
            run(entry);
            if (closed) {
                return true;
            }
            if (--untilClock == 0) {
                long now = System.nanoTime();
                untilClock = pace.adapted(now - last);
                if (now - start >= quantum) {
                    return taken.first != null || head != null || overflowing;
                }
                last = now;
            }
        }
    }

    private void run(MailboxEntry entry) {
        if (closed) {
            EntryChain.discardOne(entry);
            return;
        }
        try {
            entry.run();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    private void report(Throwable failure) {
        try {
            frame.report(failure);
        } catch (Throwable worse) {
            LOG.error(
                    "A mailbox's failure could not be reported: {}",
                    worse.getClass().getName());
        }
    }

    /** The first of all that was pushed since the last time, then of what waited outside. */
    private @Nullable MailboxEntry takeAll() {
        MailboxEntry top = takeStack();
        MailboxEntry first = top == null ? null : EntryChain.reversed(top);
        MailboxEntry all = overflowing ? admitAll(first, top) : first;
        if (all != null) {
            taken = new Taken(all);
        }
        return all;
    }

    /** What was pushed last, with all below it; null where nothing was, or the mailbox is closed. */
    private @Nullable MailboxEntry takeStack() {
        MailboxEntry top;
        do {
            top = head;
            if (top == CLOSED) {
                return null;
            }
        } while (top != null && !HEAD.compareAndSet(this, top, (Object) null));
        if (top != null) {
            PENDING_COUNT.setOpaque(this, pendingCount + top.depth);
            PENDING_WEIGHT.setOpaque(this, pendingWeight + top.stackedWeight);
        }
        return top;
    }

    /**
     * Behind {@code first} to {@code last}, what waited outside. A sender may have pushed more after the stack was taken, filled the
     * mailbox and gone outside with the rest: the stack is taken again, now that nobody who has gone outside can push.
     */
    private @Nullable MailboxEntry admitAll(@Nullable MailboxEntry first, @Nullable MailboxEntry last) {
        MailboxEntry later;
        MailboxEntry outside;
        synchronized (overflow) {
            later = takeStack();
            PENDING_COUNT.setOpaque(this, pendingCount + overflow.size());
            outside = overflow.takeAll();
            overflowing = false;
        }
        PENDING_WEIGHT.setOpaque(this, pendingWeight + EntryChain.admit(outside));
        if (later != null) {
            outside = EntryChain.joined(EntryChain.reversed(later), later, outside);
        }
        return EntryChain.joined(first, last, outside);
    }

    @Override
    public void look(Onlooker onlooker) {
        // No entry says that it equals another.
        Set<MailboxEntry> stacked = new LinkedHashSet<>();
        Set<MailboxEntry> running = new LinkedHashSet<>();
        for (int i = 0; i < LOOKS && stacked.size() + running.size() < waiting() - overflow.size(); i++) {
            stacked.clear();
            running.clear();
            // From the top: what is taken meanwhile is found again behind what was.
            MailboxEntry top = head;
            EntryChain.see(top == IDLE || top == CLOSED ? null : top, stacked);
            EntryChain.see(taken.first, running);
            stacked.removeAll(running);
        }
        running.forEach(entry -> onlooker.sees(entry, false));
        List<MailboxEntry> newestFirst = new ArrayList<>(stacked);
        Collections.reverse(newestFirst);
        newestFirst.forEach(entry -> onlooker.sees(entry, false));
        overflow.entries().forEach(entry -> onlooker.sees(entry, true));
    }

    /** Whether the calling thread is in a slice. */
    boolean isRunner() {
        return runner == Thread.currentThread();
    }

    @Override
    public boolean inSlice() {
        return isRunner() || frame.surrounds();
    }

    @Override
    public int waiting() {
        int count = 0;
        for (int i = 0; i < LOOKS; i++) {
            MailboxEntry top = head;
            count = (top == null ? 0 : top.depth) + (int) PENDING_COUNT.getOpaque(this);
            // Else what was taken from the stack between the two counted twice.
            if (head == top) {
                break;
            }
        }
        return count + (overflowing ? overflow.size() : 0);
    }

    @Override
    public long waitingBytes() {
        long bytes = 0;
        for (int i = 0; i < LOOKS; i++) {
            MailboxEntry top = head;
            bytes = (top == null ? 0 : top.stackedWeight) + (long) PENDING_WEIGHT.getOpaque(this);
            if (head == top) {
                break;
            }
        }
        return bytes + (overflowing ? overflow.bytes() : 0);
    }

    @Override
    public MailboxLimits limits() {
        return limits;
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
        discardOutside();
        while (true) {
            MailboxEntry top = head;
            if (top == CLOSED) {
                return;
            }
            if (HEAD.compareAndSet(this, top, CLOSED)) {
                if (top != null && top != IDLE) {
                    EntryChain.discard(EntryChain.reversed(top));
                }
                if (holds != null) {
                    // What it had taken when it was held back is still to be discarded.
                    release();
                }
                return;
            }
        }
    }

    /** By the last slice: what it had taken but not run. */
    private void discardAll() {
        MailboxEntry rest = taken.first;
        taken.first = null;
        PENDING_COUNT.setOpaque(this, 0);
        EntryChain.discard(rest);
        close();
    }

    private void discardOutside() {
        MailboxEntry outside;
        synchronized (overflow) {
            outside = overflow.takeAll();
            overflowing = false;
        }
        EntryChain.turnAway(outside);
    }

    /**
     * What was taken from the stack and has not run. An object for each batch, since it moves on with each entry: a collector that keeps young and
     * old objects apart has to note each young one that is put into an old one, and a mailbox is old.
     */
    private static final class Taken {
        private @Nullable MailboxEntry first;

        Taken(@Nullable MailboxEntry first) {
            this.first = first;
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
