package io.dataprism.gateway;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PublishOptions;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.PayloadWeight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation: carries out its frames through the endpoint of its user, and puts what comes for it into its outbox.
 * Belongs to the event loop of its socket.
 */
final class BridgeSession {
    private final Endpoint endpoint;
    private final Outbox outbox;
    private final Quotas quotas;
    private final Failures failures;
    private final Registrations registrations;
    private final Requests requests;
    private final BridgeStreams streams;
    private final CallOptions callOptions;
    private final Map<String, Integer> dropped = new HashMap<>();
    private int pending;

    BridgeSession(Vertx vertx, Endpoint endpoint, Outbox outbox, Quotas quotas, Failures failures) {
        this.endpoint = endpoint;
        this.outbox = outbox;
        this.quotas = quotas;
        this.failures = failures;
        this.registrations = new Registrations(endpoint, quotas.handlersPerSocket());
        this.requests = new Requests(vertx, quotas.pendingPerSocket(), quotas.callTimeout());
        this.streams = new BridgeStreams(endpoint, outbox, quotas, this::streamFailed);
        this.callOptions = CallOptions.within(quotas.callTimeout());
        outbox.onRoom(this::tellDropped);
    }

    /**
     * Carry out one frame. Never fails: what goes wrong is told to the client.
     *
     * @return completes when the next frame may be carried out, so that what follows a registration finds it in force
     */
    Future<Void> handle(String text) {
        Frame frame;
        try {
            JsonObject json = Frame.json(text);
            if (Frame.isPing(json)) {
                return Future.succeededFuture();
            }
            frame = Frame.of(json);
        } catch (FrameException refused) {
            refuse(refused.failure(), refused.replyTo());
            return Future.succeededFuture();
        }
        return carryOut(frame);
    }

    /** Tell the client of a frame that could not even be unwrapped. */
    void refuse(Failure failure, @Nullable String callback) {
        outbox.error(failure.frame(callback).encode());
    }

    /** The socket is gone. */
    Future<Void> close() {
        requests.close();
        return endpoint.close();
    }

    private Future<Void> carryOut(Frame frame) {
        try {
            return switch (frame.verb()) {
                case REGISTER -> register(frame);
                case UNREGISTER -> unregister(frame).otherwiseEmpty();
                case SEND -> send(frame);
                case PUBLISH -> publish(frame);
            };
        } catch (RuntimeException refused) {
            fail(frame, refused);
            return Future.succeededFuture();
        }
    }

    private Future<Void> unregister(Frame frame) {
        return frame.target() instanceof Address.Stream
                ? streams.unregister(frame.address())
                : registrations.remove(frame.address());
    }

    private Future<Void> register(Frame frame) {
        if (frame.target() instanceof Address.Stream) {
            streams.register(frame.address());
            return Future.succeededFuture();
        }
        return registration(frame)
                .onFailure(cause -> fail(frame, cause))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Subscription> registration(Frame frame) {
        String address = frame.address();
        if (frame.target() instanceof Address.Topic topic) {
            return registrations.add(
                    address, () -> endpoint.events().subscribe(topic.pattern(), event -> deliver(address, event)));
        }
        if (frame.target() instanceof Address.Participant participant) {
            if (!participant.participant().equals(endpoint.caller().label())) {
                throw new FrameException(Failure.address());
            }
            return registrations.add(
                    address,
                    () -> registrations
                            .channel(participant.channel())
                            .map(channel -> channel.onMessage(message -> deliver(address, message))));
        }
        throw new FrameException(Failure.verb("register", "events and one's own place in a channel do"));
    }

    private Future<Void> publish(Frame frame) {
        if (frame.target() instanceof Address.Topic topic) {
            PublishOptions options = frame.retained() ? PublishOptions.RETAINED : PublishOptions.DEFAULT;
            endpoint.events().publish(topic.pattern(), frame.body(), options).onFailure(cause -> fail(frame, cause));
        } else if (frame.target() instanceof Address.Participant everybody
                && everybody.participant().equals(Address.Participant.EVERYBODY)) {
            registrations
                    .channel(everybody.channel())
                    .compose(channel -> channel.broadcast(frame.body()))
                    .onFailure(cause -> failChannel(frame, everybody, cause));
        } else {
            throw new FrameException(Failure.verb("publish", "send to it"));
        }
        return Future.succeededFuture();
    }

    private Future<Void> send(Frame frame) {
        if (frame.target() instanceof Address.Reply reply) {
            answer(frame, reply);
        } else if (frame.target() instanceof Address.Capability capability) {
            checkPending();
            StreamWish wish = frame.stream();
            if (wish != null) {
                streams.open(capability, frame.body(), wish, head -> track(frame, head));
                return Future.succeededFuture();
            }
            track(
                    frame,
                    endpoint.calls().call(capability.plugin(), capability.capability(), frame.body(), callOptions));
        } else if (frame.target() instanceof Address.Stream) {
            streams.more(frame.address(), frame.body());
        } else if (frame.target() instanceof Address.Participant participant
                && !participant.participant().equals(Address.Participant.EVERYBODY)) {
            checkPending();
            sendTo(frame, participant);
        } else {
            throw new FrameException(Failure.verb("send", "publish to it"));
        }
        return Future.succeededFuture();
    }

    private void streamFailed(String address, Throwable cause) {
        refuse(failures.of(cause, address, endpoint.caller().name()), address);
    }

    private void sendTo(Frame frame, Address.Participant to) {
        Future<?> sent = registrations
                .channel(to.channel())
                .compose(channel -> frame.replyTo() == null
                        ? channel.send(to.participant(), frame.body())
                        : channel.request(to.participant(), frame.body(), callOptions));
        track(frame, sent.onFailure(cause -> registrations.forget(to.channel())));
    }

    private void answer(Frame frame, Address.Reply reply) {
        if (!requests.answer(reply.id(), frame.body())) {
            throw new FrameException(Failure.noRequest());
        }
        if (frame.replyTo() != null) {
            throw new FrameException(Failure.verb("answer to an answer", "send a new message"));
        }
    }

    private void checkPending() {
        if (pending >= quotas.pendingPerSocket()) {
            throw new FrameException(Failure.quota("requests under way", quotas.pendingPerSocket()));
        }
    }

    private void track(Frame frame, Future<?> outcome) {
        pending++;
        outcome.onComplete(done -> {
            pending--;
            if (done.failed()) {
                fail(frame, done.cause());
            } else if (frame.replyTo() != null) {
                reply(frame.replyTo(), done.result());
            }
        });
    }

    private void reply(String callback, @Nullable Object result) {
        try {
            requireRoom(result);
            String frame = Frames.rec(callback, new JsonObject(), result).encode();
            if (!outbox.answer(frame)) {
                refuse(Failure.reply("this client's queue has no room for it"), callback);
            }
        } catch (FrameException unsendable) {
            refuse(unsendable.failure(), callback);
        }
    }

    private void deliver(String address, Event event) {
        JsonObject headers = new JsonObject()
                .put("topic", event.topic())
                .put("id", event.id())
                .put("source", event.source().toString())
                .put("timestamp", event.timestamp().toString());
        event.cause().ifPresent(cause -> headers.put("cause", cause));
        if (event.retained()) {
            headers.put("retained", "true");
        }
        if (isTooMuch(event.body())) {
            drop(address);
        } else {
            offer(address, Frames.rec(address, headers, event.body()));
        }
    }

    private @Nullable Future<Object> deliver(String address, ChannelMessage message) {
        if (isTooMuch(message.message())) {
            drop(address);
            return message.expectsReply()
                    ? Future.failedFuture(
                            new CallException(FailureKind.INVALID, "The message is too much for the client."))
                    : null;
        }
        JsonObject body = new JsonObject()
                .put("channel", message.channel())
                .put("from", message.from())
                .put("to", message.to())
                .put("message", Payloads.body(message.message()))
                .put("timestamp", message.timestamp().toString());
        JsonObject headers = new JsonObject().put("id", message.id());
        message.cause().ifPresent(cause -> headers.put("cause", cause));
        JsonObject frame = Frames.rec(address, headers, body);
        if (!message.expectsReply()) {
            offer(address, frame);
            return null;
        }
        Requests.Open request = requests.open();
        if (!offer(address, frame.put("replyAddress", Address.Reply.PREFIX + request.id()))) {
            requests.fail(request.id(), FailureKind.BUSY, "The client reads too slowly.");
        }
        return request.answer();
    }

    private boolean offer(String address, JsonObject frame) {
        boolean taken = dropped.isEmpty() && outbox.deliver(frame.encode());
        if (!taken) {
            drop(address);
        }
        return taken;
    }

    private void drop(String address) {
        dropped.merge(address, 1, Integer::sum);
        if (outbox.waitingBytes() == 0) {
            // Nothing will be drained that would tell of it.
            tellDropped();
        }
    }

    /** The queue has room again: tell each handler how much it missed. */
    private void tellDropped() {
        dropped.entrySet()
                .removeIf(entry -> outbox.answer(
                        Failure.dropped(entry.getValue()).frame(entry.getKey()).encode()));
    }

    private void failChannel(Frame frame, Address.Participant at, Throwable cause) {
        registrations.forget(at.channel());
        fail(frame, cause);
    }

    private void fail(Frame frame, Throwable cause) {
        refuse(failures.of(cause, frame.address(), endpoint.caller().name()), frame.callback());
    }

    /** JSON in a message can be far more when written out than it takes here; then it is not even begun, on the event loop. */
    private boolean isTooMuch(@Nullable Object body) {
        return PayloadWeight.isBeyond(body, quotas.queueBytes());
    }

    private void requireRoom(@Nullable Object result) {
        if (isTooMuch(result)) {
            throw new FrameException(Failure.reply("this client's queue can't hold it"));
        }
    }
}
