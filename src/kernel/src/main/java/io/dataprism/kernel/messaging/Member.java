package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelHandler;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.traffic.Reason;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.OverflowLane;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One party's part in a channel: what it may do there, and how messages get into its mailbox. {@link MemberHandlers} has what comes after that. */
final class Member implements Channel {
    final Party party;
    final String label;
    private final Conversation channel;
    private final MemberHandlers handlers;
    private final LongAdder refused = new LongAdder();
    private final Ending ending = new Ending();
    private volatile boolean active = true;
    /** What its full mailbox does with messages to it; null: refuses them. */
    private volatile @Nullable OverflowLane lane;

    /** By what it chose before. Guarded by the handlers. */
    private long droppedBefore;

    Member(Conversation channel, Party party) {
        this.channel = channel;
        this.party = party;
        this.label = party.caller.label();
        this.handlers = new MemberHandlers(this);
    }

    boolean isActive() {
        return active;
    }

    // --- as its party uses it

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public Set<String> participants() {
        return channel.participants();
    }

    @Override
    public Subscription onMessage(ChannelHandler handler) {
        if (!active) {
            throw ChannelRouter.notAuthorized();
        }
        handlers.add(handler);
        party.push(new Step(handlers::catchUp));
        return new HandlerSubscription(handler);
    }

    @Override
    public Subscription onMessage(SubscribeOptions options, ChannelHandler handler) {
        synchronized (handlers) {
            droppedBefore = dropped();
            lane = Lanes.of(options);
        }
        return onMessage(handler);
    }

    /** How many messages to it were refused so far, requests left out. */
    long refused() {
        return refused.sum();
    }

    /** How many messages to it were dropped so far, as it wants it. */
    long dropped() {
        synchronized (handlers) {
            OverflowLane now = lane;
            return droppedBefore + (now == null ? 0 : now.dropped());
        }
    }

    @Override
    public Future<Void> send(String to, @Nullable Object message) {
        return said(to, false, message, letter -> channel.send(this, to, letter));
    }

    @Override
    public Future<Publication> broadcast(@Nullable Object message) {
        return said("*", false, message, letter -> channel.broadcast(this, letter));
    }

    @Override
    public <T> Future<T> request(String to, @Nullable Object message, CallOptions options) {
        long within = Deadlines.nanos(options.timeout());
        return said(to, true, message, letter -> channel.request(this, to, letter, within));
    }

    @Override
    public Future<Void> admit(String participant) {
        return guarded(() -> channel.admit(this, participant));
    }

    @Override
    public Future<Void> expel(String participant) {
        return guarded(() -> channel.expel(this, participant));
    }

    @Override
    public Future<Void> leave() {
        return guarded(() -> channel.leave(this));
    }

    @Override
    public Future<Void> close() {
        return guarded(() -> channel.close(this));
    }

    /** Reading the message runs the sender's objects, for as long as they like; whether it is still a member is asked after that. */
    private <T> Future<T> said(String to, boolean asks, @Nullable Object message, Function<Letter, Future<T>> action) {
        Letter letter;
        try {
            letter = Letter.of(this, party.take(message));
        } catch (RuntimeException unfit) {
            return party.failed(unfit);
        }
        if (party.isClosed()) {
            return party.failed(ChannelRouter.notAuthorized());
        }
        if (!active) {
            return noMember(to, asks, letter);
        }
        if (party.isIntercepted()) {
            return party.pass(
                    Subject.of(channel, letter, to, asks),
                    passed -> sent(to, asks, letter.with(passed.body(), passed.headers()), action));
        }
        return sent(to, asks, letter, action);
    }

    private <T> Future<T> sent(String to, boolean asks, Letter letter, Function<Letter, Future<T>> action) {
        if (!active) {
            return noMember(to, asks, letter);
        }
        try {
            return action.apply(letter);
        } catch (RuntimeException refused) {
            // The channel has told of it.
            return party.failed(refused);
        }
    }

    private <T> Future<T> noMember(String to, boolean asks, Letter letter) {
        PluginException refused = ChannelRouter.notAuthorized();
        party.messaging
                .witness()
                .died(Subject.of(channel, letter, to, asks), to, Reason.REFUSED, String.valueOf(refused.getMessage()));
        return party.failed(refused);
    }

    private <T> Future<T> guarded(Supplier<Future<T>> action) {
        if (!active || party.isClosed()) {
            return party.failed(ChannelRouter.notAuthorized());
        }
        try {
            return action.get();
        } catch (RuntimeException refused) {
            return party.failed(refused);
        }
    }

    // --- as messages are sent to it; bodies are owned by the kernel

    /** Put a message into its mailbox, or do with it what it wants done where there is no room; {@code told} says what became of it. */
    void offer(Letter letter, Delivered told) {
        OverflowLane choice = lane;
        HeldEvent held = choice != null && choice.holds() ? told.held() : null;
        if (held != null) {
            held.ask();
        }
        Mailbox.Answer answer = party.offer(new ChannelDelivery(this, letter.to(party), held), choice);
        if (answer == Mailbox.Answer.TAKEN) {
            if (held == null) {
                told.accepted();
            } else {
                held.admitted();
            }
        } else if (answer != Mailbox.Answer.HELD) {
            refused.increment();
            String why = "Its mailbox does not take the message.";
            if (choice == null || held != null || answer == Mailbox.Answer.CLOSED) {
                undelivered(letter, Party.kindOf(answer));
            }
            if (held == null) {
                told.refused(party.caller, Party.kindOf(answer), why);
            } else {
                held.lost(party.caller, Party.kindOf(answer), why);
            }
        }
    }

    /** Its mailbox did not take it. */
    void undelivered(Letter letter, FailureKind refusal) {
        boolean full = refusal == FailureKind.BUSY;
        died(letter, full ? Reason.FULL : Reason.UNDELIVERABLE, full ? "Its mailbox is full." : "It is stopping.");
    }

    /** It never got to a handler. */
    void died(Letter letter, Reason reason, String why) {
        party.messaging.witness().died(Subject.of(channel, letter, label, false), label, reason, why);
    }

    <T> Future<T> ask(Party asking, Letter letter, long timeout) {
        ChannelRequest<T> request = new ChannelRequest<>(asking, this, letter.to(party), timeout);
        party.messaging.await(request);
        if (request.isSettled()) {
            return request.future();
        }
        FailureKind refusal = party.offer(request);
        if (refusal != null) {
            request.fail(new CallException(
                    refusal, "Channel '" + name() + "': the mailbox of '" + label + "' does not take the request."));
        }
        return request.future();
    }

    /** End this part: nothing is delivered and nothing can be sent any more. A second time takes back what came since. */
    void end() {
        active = false;
        ending.end(null);
        party.leave(this);
        party.messaging.edge().channels().left(this);
        // Requests that wait for a handler count as begun until they are told.
        party.push(new Step(handlers::clear));
    }

    /** Its end, which comes at once, is to be told with {@code why}. */
    void revoked(PluginException why) {
        ending.end(why);
    }

    Conversation channel() {
        return channel;
    }

    MemberHandlers handlers() {
        return handlers;
    }

    /** Why a request that reached this member gets no answer. */
    CallException withoutHandler() {
        String why = active ? "has no handler" : "is no more";
        return new CallException(
                FailureKind.CANCELLED, "'" + label + "' " + why + " in channel '" + name() + "'; it did not answer.");
    }

    private final class HandlerSubscription implements Subscription {
        private final ChannelHandler handler;
        private final Ending cancelled = new Ending();

        HandlerSubscription(ChannelHandler handler) {
            this.handler = handler;
        }

        @Override
        public String pattern() {
            return name();
        }

        @Override
        public long dropped() {
            return Member.this.dropped();
        }

        @Override
        public Future<Void> cancel() {
            handlers.remove(handler);
            cancelled.end(null);
            return party.succeeded(null);
        }

        @Override
        public Future<Void> ended() {
            ending.told(party::promise)
                    .onComplete(end -> cancelled.end(end.cause() instanceof PluginException why ? why : null));
            return cancelled.told(party::promise);
        }
    }
}
