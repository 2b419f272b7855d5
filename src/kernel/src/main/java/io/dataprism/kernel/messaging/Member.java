package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelHandler;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.dataprism.api.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One party's part in a channel. What comes before it has a handler waits for the first one. */
final class Member implements Channel {
    private static final int MOST_EARLY = 1_000;

    final Party party;
    final String label;
    private final Conversation channel;
    private final List<ChannelHandler> handlers = new CopyOnWriteArrayList<>();
    // Of the party's slices.
    private final Deque<Runnable> early = new ArrayDeque<>();
    private volatile boolean active = true;

    Member(Conversation channel, Party party) {
        this.channel = channel;
        this.party = party;
        this.label = party.caller.label();
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
        party.push(new Step(this::catchUp));
        return new HandlerSubscription(handler);
    }

    /** In the party's slice. */
    private void catchUp() {
        Runnable waiting = handlers.isEmpty() ? null : early.poll();
        while (waiting != null) {
            waiting.run();
            waiting = early.poll();
        }
    }

    @Override
    public Future<Void> send(String to, @Nullable Object message) {
        return guarded(() -> channel.send(this, to, Payloads.take(message)));
    }

    @Override
    public Future<Publication> broadcast(@Nullable Object message) {
        return guarded(() -> channel.broadcast(this, Payloads.take(message)));
    }

    @Override
    public <T> Future<T> request(String to, @Nullable Object message, CallOptions options) {
        return guarded(() -> channel.request(this, to, Payloads.take(message), Deadlines.nanos(options.timeout())));
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

    /** Put a message into its mailbox; null when it was taken. */
    @Nullable
    FailureKind offer(String from, @Nullable Object body, long millis) {
        return party.offer(new ChannelDelivery(this, from, body, millis));
    }

    <T> Future<T> ask(Party asking, String from, @Nullable Object body, long timeout) {
        ChannelRequest<T> request = new ChannelRequest<>(asking, from, this, body, timeout);
        party.messaging.await(request);
        FailureKind refusal = party.offer(request);
        if (refusal != null) {
            request.fail(new CallException(
                    refusal, "Channel '" + name() + "': the mailbox of '" + label + "' does not take the request."));
        }
        return request.future();
    }

    ChannelMessage message(String from, @Nullable Object body, long millis, boolean expectsReply) {
        return new ChannelMessage(name(), from, label, Payloads.give(body), Instant.ofEpochMilli(millis), expectsReply);
    }

    // --- as messages reach it, in its slices

    void deliver(String from, @Nullable Object body, long millis) {
        if (!active) {
            return;
        }
        if (handlers.isEmpty()) {
            keep(from, body, millis);
            return;
        }
        for (ChannelHandler handler : handlers) {
            handle(handler, message(from, body, millis, false));
        }
    }

    private void keep(String from, @Nullable Object body, long millis) {
        if (early.size() < MOST_EARLY) {
            early.add(() -> deliver(from, body, millis));
        } else {
            party.messaging.lost(party, "channel " + name() + ", which has no handler yet");
        }
    }

    private void handle(ChannelHandler handler, ChannelMessage message) {
        try {
            Future<?> answer = handler.handle(message);
            if (answer != null) {
                answer.onFailure(failure -> failed(message, failure));
            }
        } catch (Throwable thrown) {
            report(message, thrown);
        }
    }

    /** A future of the plugin's own may tell of its failure on any thread. */
    private void failed(ChannelMessage message, Throwable failure) {
        if (party.inSlice()) {
            report(message, failure);
        } else {
            party.push(new Step(() -> report(message, failure)));
        }
    }

    private void report(ChannelMessage message, Throwable thrown) {
        party.messaging.report(party, "channel " + message.channel(), thrown);
    }

    /** The first handler's answer; when there is no handler yet, once there is one. */
    @Nullable
    Future<?> answer(ChannelMessage message) throws Exception {
        if (!active) {
            throw new CallException(FailureKind.CANCELLED, "'" + label + "' has left channel '" + name() + "'.");
        }
        if (!handlers.isEmpty()) {
            return handlers.get(0).handle(message);
        }
        if (early.size() >= MOST_EARLY) {
            throw new CallException(
                    FailureKind.BUSY, "'" + label + "' has no handler in channel '" + name() + "' yet.");
        }
        Promise<Object> later = Promise.promise();
        early.add(() -> answerLater(message, later));
        return later.future();
    }

    private void answerLater(ChannelMessage message, Promise<Object> later) {
        try {
            Future<?> answer = answer(message);
            if (answer == null) {
                later.tryFail(new CallException(FailureKind.FAILED, "The handler returned no future."));
            } else {
                answer.onComplete(end -> {
                    if (end.succeeded()) {
                        later.tryComplete(end.result());
                    } else {
                        later.tryFail(end.cause());
                    }
                });
            }
        } catch (Throwable thrown) {
            later.tryFail(thrown);
        }
    }

    /** End this part: nothing is delivered and nothing can be sent any more. */
    void end() {
        active = false;
        party.memberships.remove(this);
        party.messaging.edge().channels().left(this);
    }

    Conversation channel() {
        return channel;
    }

    private final class HandlerSubscription implements Subscription {
        private final ChannelHandler handler;

        HandlerSubscription(ChannelHandler handler) {
            this.handler = handler;
        }

        @Override
        public String pattern() {
            return name();
        }

        /** A message for which there is no room is refused, and its sender told. */
        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public Future<Void> cancel() {
            handlers.remove(handler);
            return party.succeeded(null);
        }
    }
}
