package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.CapabilityHandler;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.Records;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.Tally;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.MailboxEntry;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.OverflowLane;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A plugin's endpoint: its mailbox is the receiver. */
final class PluginParty extends Party implements PluginEndpoint {
    private final PluginId id;
    private final PluginDeployment deployment;
    private final Mailbox mailbox;
    private final Set<String> declared;
    private final PluginContracts contracts;
    private final PluginRecords records;
    private volatile Capabilities capabilities = Capabilities.none();
    private volatile boolean accepting = true;
    private volatile boolean served;
    private volatile @Nullable TurnedAway away;
    private volatile Tally tally = Tally.usual();
    private volatile int heldCount;
    private volatile long heldBytes;
    /** What waits until the plugin serves. Guarded by itself, since the plugin may end on any thread. */
    private final Deque<Delivery> held = new ArrayDeque<>(1);

    // Of the plugin's slices.
    private boolean serving;
    /** Written in its slices only; others may look. */
    private final AtomicInteger openAnswers = new AtomicInteger();

    private @Nullable Promise<Void> drained;

    PluginParty(
            LocalMessaging messaging,
            PluginId id,
            PluginDeployment deployment,
            Set<String> declared,
            PluginContracts contracts) {
        super(messaging, Caller.plugin(id));
        this.id = id;
        this.deployment = deployment;
        this.mailbox = deployment.mailbox();
        this.declared = Set.copyOf(declared);
        this.contracts = contracts;
        this.records = new PluginRecords(id, deployment.classLoader());
    }

    PluginId id() {
        return id;
    }

    @Override
    PluginContracts contracts() {
        return contracts;
    }

    @Override
    public Records records() {
        return records;
    }

    @Override
    @Nullable
    Object take(@Nullable Object value) {
        return value instanceof Record sent ? records.take(sent) : super.take(value);
    }

    @Override
    @Nullable
    Object fit(@Nullable Object owned) {
        return owned instanceof SharedRecord shared ? records.fit(shared) : owned;
    }

    /** Whether {@link #serve} was called and {@link #quiesce} was not. */
    boolean isRunning() {
        return served && accepting;
    }

    boolean isAccepting() {
        return accepting;
    }

    Optional<CapabilityHandler> handler(String capability) {
        return capabilities.handler(capability);
    }

    boolean isIdempotent(String capability) {
        return capabilities.isIdempotent(capability);
    }

    /** Whether it can be called for {@code capability}, as far as is known. */
    boolean offers(String capability) {
        return served ? capabilities.handler(capability).isPresent() : declared.contains(capability);
    }

    /** What it can be called for, as far as is known. */
    Set<String> offered() {
        return served ? capabilities.names() : declared;
    }

    @Override
    public void serve(Capabilities offered) {
        Set<String> undeclared = new TreeSet<>(offered.names());
        undeclared.removeAll(declared);
        if (!undeclared.isEmpty()) {
            throw new PluginException(
                    "DP-0310",
                    "Plugin '" + id + "' offers " + undeclared + ", but its manifest declares "
                            + new TreeSet<>(declared) + ". Add them under 'capabilities' in plugin.yaml.");
        }
        capabilities = offered;
        served = true;
        messaging.serving(this);
        mailbox.push(new Step(this::begin));
    }

    /** In the first slice after {@link #serve}: what came before has its turn, in order. */
    private void begin() {
        serving = true;
        Delivery waiting = nextHeld();
        while (waiting != null) {
            if (mailbox.isClosed()) {
                waiting.unhandled();
                dropHeld();
                return;
            }
            waiting.deliver();
            waiting = nextHeld();
        }
    }

    private @Nullable Delivery nextHeld() {
        synchronized (held) {
            Delivery next = held.poll();
            heldCount = held.size();
            heldBytes = next == null ? 0 : heldBytes - next.weight();
            return next;
        }
    }

    @Override
    public void quiesce() {
        accepting = false;
        messaging.quiesced(this);
    }

    @Override
    public void turnAway(@Nullable TurnedAway why) {
        away = why;
    }

    /** Why it takes no calls of others, though it runs; null: it does. */
    @Nullable
    TurnedAway away() {
        return away;
    }

    @Override
    public Future<Void> drained() {
        Promise<Void> done = Promise.promise();
        boolean taken = mailbox.push(new Step(() -> {
            if (openAnswers.getPlain() == 0) {
                done.tryComplete();
            } else {
                drained = done;
            }
        }));
        if (!taken) {
            done.tryComplete();
        }
        return done.future();
    }

    @Override
    public void countIn(Tally counted) {
        tally = counted;
    }

    @Override
    int most(Countable what) {
        return tally.limit(what);
    }

    @Override
    void counted(Countable what, int change) {
        tally.add(what, change);
    }

    @Override
    public long sent() {
        return sentCounts().all();
    }

    @Override
    public List<CircuitState> circuits() {
        return circuitsOfCalls();
    }

    @Override
    public boolean hasOpenAnswers() {
        return openAnswers.getAcquire() > 0 || !pending.isEmpty();
    }

    @Override
    void opened() {
        openAnswers.setRelease(openAnswers.getPlain() + 1);
    }

    @Override
    void answered() {
        int left = openAnswers.getPlain() - 1;
        openAnswers.setRelease(left);
        if (left == 0 && drained != null) {
            drained.tryComplete();
            drained = null;
        }
    }

    @Override
    Mailbox.Answer offer(MailboxEntry entry, @Nullable OverflowLane lane) {
        if (!accepting) {
            return Mailbox.Answer.CLOSED;
        }
        // What waits until the plugin serves left the mailbox, and counts nevertheless.
        if (heldCount > 0
                && (heldCount + mailbox.waiting() >= mailbox.limits().messages()
                        || heldBytes + mailbox.waitingBytes() + entry.weight()
                                > mailbox.limits().bytes())) {
            return Mailbox.Answer.FULL;
        }
        return mailbox.offer(entry, lane);
    }

    @Override
    boolean push(MailboxEntry entry) {
        return mailbox.push(entry);
    }

    @Override
    void answer(PendingReply<?> reply, boolean reusable) {
        reply.handOver(mailbox, reusable);
    }

    @Override
    boolean isServing() {
        return serving;
    }

    @Override
    void hold(Delivery entry) {
        synchronized (held) {
            if (!isClosed()) {
                held.add(entry);
                heldCount = held.size();
                heldBytes += entry.weight();
                return;
            }
        }
        entry.unhandled();
    }

    @Override
    void end() {
        accepting = false;
        super.end();
        messaging.failCallsTo(this, stopped());
        dropHeld();
        records.clear();
    }

    private void dropHeld() {
        Delivery waiting = nextHeld();
        while (waiting != null) {
            waiting.unhandled();
            waiting = nextHeld();
        }
    }

    /** Those that wait until it serves are included. */
    @Override
    int waiting() {
        return heldCount + mailbox.waiting();
    }

    @Override
    long waitingBytes() {
        return heldBytes + mailbox.waitingBytes();
    }

    @Override
    void look(Mailbox.Onlooker onlooker) {
        List<Delivery> early;
        synchronized (held) {
            early = List.copyOf(held);
        }
        early.forEach(message -> onlooker.sees(message, false));
        mailbox.look(onlooker);
    }

    @Override
    boolean receives() {
        return true;
    }

    private CallException stopped() {
        return new CallException(
                FailureKind.CANCELLED, "Plugin '" + id + "' was stopped before it answered. Call again once it runs.");
    }

    @Override
    MailboxLimits limits() {
        return mailbox.limits();
    }

    @Override
    boolean isOver() {
        return mailbox.isClosed() || super.isOver();
    }

    @Override
    <T> Promise<T> promise() {
        return deployment.promise();
    }

    @Override
    <T> Promise<T> plainPromise() {
        return deployment.plainPromise();
    }

    @Override
    <T> Future<T> succeeded(@Nullable T value) {
        return deployment.succeeded(value);
    }

    @Override
    <T> Future<T> failed(Throwable failure) {
        return deployment.failed(failure);
    }

    @Override
    boolean inSlice() {
        return mailbox.inSlice();
    }
}
