package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Calls;
import io.dataprism.api.Channels;
import io.dataprism.api.Events;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.MailboxEntry;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.OverflowLane;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint from the inside: who it is, how entries reach it, and what it holds (subscriptions, memberships, calls that wait), so that all
 * of it can be taken back. Safe to use from any thread.
 */
abstract class Party implements Endpoint {
    final LocalMessaging messaging;
    final Caller caller;
    final PendingReplies pending = new PendingReplies();
    final OpenStreams streams = new OpenStreams();
    final Set<TopicSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    final LazySet<Member> memberships = new LazySet<>();
    /** Channels that it made, which end with it even where it is no member any more. */
    final LazySet<LocalChannel> made = new LazySet<>();

    private final EventsFacade events;
    private final ChannelsFacade channels;
    private final CallsFacade calls;
    private final SentIds sent;
    private final SentCounts counts = new SentCounts();
    private final LongAdder refusedCalls = new LongAdder();
    private final SendLine line = new SendLine(this);
    private volatile boolean closed;
    private volatile boolean behind;
    private volatile @Nullable Published lastPublished;
    /** What its code works for. Of its slices. */
    private @Nullable PendingReply<?> work;
    /** The message that its code handles. Of its slices. */
    private long handled = MessageIds.NONE;
    /** What channel messages that wait for their first handler hold, of all its memberships. Of its slices. */
    long earlyBytes;

    /** What is told of an event that so many took. */
    private record Published(int receivers, Future<Publication> told) {}

    Party(LocalMessaging messaging, Caller caller) {
        this.messaging = messaging;
        this.caller = caller;
        this.events = new EventsFacade(this);
        this.channels = new ChannelsFacade(this);
        this.calls = new CallsFacade(this);
        this.sent = new SentIds(messaging.ids());
    }

    /**
     * Take {@code entry} unless too much waits already or nothing is taken any more.
     *
     * @param lane what is done with it where too much waits; null: it is refused
     */
    abstract Mailbox.Answer offer(MailboxEntry entry, @Nullable OverflowLane lane);

    /** The same for what is refused where too much waits: why it was, or null. */
    final @Nullable FailureKind offer(MailboxEntry entry) {
        Mailbox.Answer answer = offer(entry, null);
        if (answer == Mailbox.Answer.TAKEN) {
            return null;
        }
        refusedCalls.increment();
        return kindOf(answer);
    }

    /** How many calls and requests were refused so far, since too much waited or nothing was taken any more. */
    final long refusedCalls() {
        return refusedCalls.sum();
    }

    static FailureKind kindOf(Mailbox.Answer refusal) {
        return refusal == Mailbox.Answer.CLOSED ? FailureKind.NOT_RUNNING : FailureKind.BUSY;
    }

    /** {@link Payloads#take} for what this party's code sends. In its slice. */
    @Nullable
    Object take(@Nullable Object value) {
        return Payloads.take(value);
    }

    /** What of {@code owned} may stand in this party's mailbox. */
    @Nullable
    Object fit(@Nullable Object owned) {
        return SharedRecord.json(owned);
    }

    /** Run {@code entry} here whatever waits; for the kernel's own steps. Whether it was taken. */
    abstract boolean push(MailboxEntry entry);

    /** Hand an answer over; {@code reusable} says that {@code reply} itself stands in no mailbox. */
    abstract void answer(PendingReply<?> reply, boolean reusable);

    /** Whether what was taken runs, or waits until the plugin serves. */
    abstract boolean isServing();

    /** Keep {@code entry} until the plugin serves. In its slice. */
    abstract void hold(Delivery entry);

    /** A handler of this party began to work on an answer. In its slice, as {@link #answered}. */
    void opened() {}

    /** It gave the answer. */
    void answered() {}

    /** How much may wait for it. */
    abstract MailboxLimits limits();

    /** How many messages wait. On any thread, as the two below. */
    abstract int waiting();

    abstract long waitingBytes();

    /** Show what waits. */
    abstract void look(Mailbox.Onlooker onlooker);

    /** Whether it was told of as one that lags. */
    final boolean isBehind() {
        return behind;
    }

    /** Of the lag's watch. */
    final void behind(boolean now) {
        behind = now;
    }

    /** Whether it takes anything that could wait: who only sends is nobody's receiver. */
    boolean receives() {
        return !subscriptions.isEmpty() || !memberships.isEmpty() || waiting() > 0;
    }

    /** Whether its code gets no turn any more once the step under way is over. */
    boolean isOver() {
        return isClosed();
    }

    abstract <T> Promise<T> promise();

    /** The same for what is completed in its slices alone. */
    abstract <T> Promise<T> plainPromise();

    abstract <T> Future<T> succeeded(@Nullable T value);

    abstract <T> Future<T> failed(Throwable failure);

    /** What it promises of its messages. */
    PluginContracts contracts() {
        return PluginContracts.none();
    }

    /** It is in a channel as {@code member}. */
    void take(Member member) {
        if (memberships.add(member)) {
            counted(Countable.CHANNELS, 1);
        }
    }

    /** It is not any more. */
    void leave(Member member) {
        if (memberships.remove(member)) {
            counted(Countable.CHANNELS, -1);
        }
    }

    /** @throws PluginException {@code DP-0622} where it takes part in as many channels as it may, or made as many */
    void requireRoomForChannel() {
        int most = most(Countable.CHANNELS);
        if (memberships.size() >= most || made.size() >= most) {
            throw new PluginException(
                    "DP-0622",
                    caller + " takes part in " + most
                            + " channels, which is the most. Leave, or close, those that it needs no more"
                            + (caller.kind() == Caller.Kind.PLUGIN
                                    ? ", or let it have more: dataprism plugins limit " + caller.name()
                                            + " --count channels=N."
                                    : "."));
        }
    }

    /** How many it may have of {@code what}. */
    int most(Countable what) {
        return caller.kind() == Caller.Kind.HOST ? Integer.MAX_VALUE : what.usual();
    }

    /** It has one more of {@code what}, or with -1 one less. */
    void counted(Countable what, int change) {}

    /** Whether the calling thread may run this party's handlers now. */
    abstract boolean inSlice();

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Channels channels() {
        return channels;
    }

    @Override
    public Calls calls() {
        return calls;
    }

    /** See {@link PluginEndpoint#circuits}. */
    List<CircuitState> circuitsOfCalls() {
        return calls.circuits();
    }

    @Override
    public JsonObject freeze(JsonObject payload) {
        return Payloads.freeze(payload);
    }

    @Override
    public JsonArray freeze(JsonArray payload) {
        return Payloads.freeze(payload);
    }

    @Override
    public Buffer freeze(Buffer payload) {
        return Payloads.freeze(payload);
    }

    /** The call that its code works for now; null outside its slices, and where it works for none. */
    @Nullable
    PendingReply<?> work() {
        return inSlice() ? work : null;
    }

    /** From now on its code works for {@code next}. In its slices. Returns what it worked for before, to be set again afterwards. */
    @Nullable
    PendingReply<?> workFor(@Nullable PendingReply<?> next) {
        PendingReply<?> before = work;
        work = next;
        return before;
    }

    /** What its code is told when {@code receivers} took its event and nobody refused it: mostly the same as the last time. On any thread. */
    Future<Publication> published(int receivers) {
        Published known = lastPublished;
        if (known == null || known.receivers != receivers) {
            known = new Published(receivers, succeeded(new Publication(receivers, List.of())));
            lastPublished = known;
        }
        return known.told;
    }

    /** What goes with what its code sends now. On any thread. */
    Marks marks() {
        return inSlice()
                ? new Marks(sent.nextInSlice(), handled, Map.of())
                : new Marks(sent.next(), MessageIds.NONE, Map.of());
    }

    /** The same for a message that it was allowed to send, which is counted. */
    Marks marks(SentCounts.Kind allowed) {
        if (inSlice()) {
            counts.addInSlice(allowed);
            return new Marks(sent.nextInSlice(), handled, Map.of());
        }
        counts.add(allowed);
        return new Marks(sent.next(), MessageIds.NONE, Map.of());
    }

    SentCounts sentCounts() {
        return counts;
    }

    /** The id of what it sends now. On any thread. */
    long nextId() {
        return sent.next();
    }

    /** The id of the message that its code handles now; {@link MessageIds#NONE} outside its slices, and where it handles none. */
    long handled() {
        return inSlice() ? handled : MessageIds.NONE;
    }

    /** From now on its code handles {@code message}. In its slices. Returns what it handled before, to be set again afterwards. */
    long handles(long message) {
        long before = handled;
        handled = message;
        return before;
    }

    /** Whether the host has a say in what it sends, or something still waits for that. Asked at each message. */
    boolean isIntercepted() {
        return !messaging.interceptors().isEmpty() || line.isBusy();
    }

    /** {@code send} what becomes of {@code subject}; at once where nobody has a say. */
    <T> Future<T> passed(Subject subject, Function<Subject, Future<T>> send) {
        return isIntercepted() ? pass(subject, send) : send.apply(subject);
    }

    /** Let the host's interceptors say what becomes of {@code subject}, and {@code send} that. */
    <T> Future<T> pass(Subject subject, Function<Subject, Future<T>> send) {
        return line.pass(subject, send);
    }

    /** Its part in the channel {@code name}. */
    Optional<Member> membership(String name) {
        return memberships.stream()
                .filter(member -> member.isActive() && member.name().equals(name))
                .findFirst();
    }

    boolean isClosed() {
        return closed;
    }

    /** Why nothing can be sent from here any more; empty while it can. */
    Optional<PluginException> whyClosed() {
        return closed
                ? Optional.of(new PluginException(
                        "DP-0191", "The endpoint of " + caller + " was closed; it can't be used any more."))
                : Optional.empty();
    }

    /** Give everything back. A second time changes nothing. */
    void end() {
        closed = true;
        subscriptions.forEach(TopicSubscription::end);
        messaging.channels().left(this);
        pending.failAll(reply -> true, reply -> callerEnded());
    }

    /** Why a call from here gets no answer, or is not made. */
    CallException callerEnded() {
        return new CallException(
                FailureKind.CANCELLED, "The endpoint of " + caller + " was closed; its calls end with it.");
    }

    @Override
    public Future<Void> close() {
        end();
        messaging.forget(this);
        return succeeded(null);
    }
}
