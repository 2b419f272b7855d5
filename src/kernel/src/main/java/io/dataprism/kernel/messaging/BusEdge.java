package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what comes from the Vert.x bus (host code, bridge, other nodes) into mailboxes, and what goes there out of them. All that comes in
 * passes one event-loop context, so that one sender's events, calls and channel messages keep their order.
 */
final class BusEdge {
    private static final Logger LOG = LoggerFactory.getLogger(BusEdge.class);
    private static final String TIMEOUT = "dp-timeout";
    private static final String TOPIC = "dp-topic";
    private static final String MESSAGE = "message";
    private static final long DEFAULT_TIMEOUT_NANOS = 30_000_000_000L;

    private final LocalMessaging messaging;
    private final EventBus bus;
    private final BusAccess access;
    private final Addresses addresses;
    private final Context context;
    private final HostParty party;
    private final boolean clustered;
    private final Map<Object, Queue<MessageConsumer<?>>> consumers = new ConcurrentHashMap<>();
    private volatile RemoteTrust trust = RemoteTrust.none();

    BusEdge(LocalMessaging messaging, Vertx vertx, MessagingOptions options) {
        this.messaging = messaging;
        this.bus = vertx.eventBus();
        this.access = new BusAccess(vertx);
        this.addresses = messaging.addresses();
        this.context = access.newContext();
        this.party = new HostParty(messaging, Caller.HOST, context, options.hostQueue());
        this.clustered = access.isClustered();
        if (clustered) {
            consume(this, addresses.relay(), this::relayed);
        }
    }

    void trust(RemoteTrust next) {
        trust = next;
    }

    // --- who speaks

    /** Headers of a local message were set by the guard; those of another node's are believed only by {@link RemoteTrust}. */
    private Optional<Caller> callerOf(Message<?> message) {
        if (BusAccess.isFromWire(message)) {
            return trust.callerOf(message);
        }
        String label = message.headers().get(RemoteTrust.CALLER);
        return label == null ? Optional.of(Caller.HOST) : RemoteCaller.read(label);
    }

    private boolean may(Message<?> message, Caller caller, Permission permission) {
        return BusAccess.isFromWire(message)
                ? messaging.gate().mayFromElsewhere(caller, permission)
                : messaging.gate().may(caller, permission);
    }

    /** Host code, or a trusted plugin, sends to one of this kernel's addresses. On the sender's thread. */
    void hostSends(DeliveryContext<Object> delivery, Caller sender) {
        Message<Object> message = delivery.message();
        message.headers().remove(RemoteTrust.NODE);
        message.headers().remove(RemoteTrust.CALLER);
        if (sender.kind() != Caller.Kind.HOST || clustered) {
            message.headers().set(RemoteTrust.CALLER, RemoteCaller.write(sender));
            message.headers().set(RemoteTrust.NODE, messaging.node());
        }
        String topic = addresses.topic(message.address());
        if (!topic.isEmpty() && !hostPublishes(delivery, sender, topic)) {
            return;
        }
        delivery.next();
    }

    /** Whether the delivery to whoever else consumes that address goes on. */
    private boolean hostPublishes(DeliveryContext<Object> delivery, Caller sender, String topic) {
        try {
            Topic.check(topic);
            messaging.gate().require(sender, Permission.publish(topic));
            if (clustered || messaging.hears(topic)) {
                Object body = Payloads.take(delivery.body());
                context.runOnContext(go -> {
                    messaging.deliver(sender, topic, body, clustered);
                    relay(sender, topic, body);
                });
            }
            return true;
        } catch (PluginException refused) {
            if (sender.kind() == Caller.Kind.HOST) {
                LOG.warn(
                        "An event on {} reaches no plugin: {}",
                        delivery.message().address(),
                        refused.getMessage());
                return true;
            }
            BusAccess.refuse(delivery, Failures.number(refused), refused);
            return false;
        }
    }

    // --- events

    /** Whether anybody on the raw bus may listen to {@code topic}. */
    boolean goesOut(String topic) {
        return clustered || access.hasConsumers(addresses.event(topic));
    }

    /** A plugin, the host through its endpoint, or a user published. Returns why raw consumers did not get it; null when all is well. */
    @Nullable
    String publishOut(Caller source, String topic, @Nullable Object body) {
        if (!BusBody.fits(body)) {
            return "A table batch can't go over the event bus. Publish the table's handle.";
        }
        DeliveryOptions options = stamped(source);
        BusGuard.kernelSends(() -> bus.publish(addresses.event(topic), BusBody.of(body), options));
        relay(source, topic, body);
        return null;
    }

    private void relay(Caller source, String topic, @Nullable Object body) {
        if (clustered && BusBody.fits(body)) {
            DeliveryOptions options = stamped(source).addHeader(TOPIC, topic);
            BusGuard.kernelSends(() -> bus.publish(addresses.relay(), BusBody.of(body), options));
        }
    }

    private DeliveryOptions stamped(Caller source) {
        DeliveryOptions options = new DeliveryOptions().addHeader(RemoteTrust.CALLER, RemoteCaller.write(source));
        return clustered ? options.addHeader(RemoteTrust.NODE, messaging.node()) : options;
    }

    /** Another kernel passes an event on. */
    private void relayed(Message<Object> message) {
        String topic = message.headers().get(TOPIC);
        if (topic == null || !BusAccess.isFromWire(message)) {
            return;
        }
        Optional<Caller> caller = callerOf(message);
        if (caller.isEmpty() || !may(message, caller.get(), Permission.publish(topic))) {
            LOG.warn(
                    "Refused an event '{}' from another node: its sender may not publish it here.",
                    PluginException.excerpt(topic));
            return;
        }
        messaging.deliver(caller.get(), topic, Payloads.take(message.body()), false);
    }

    // --- calls

    /** The plugin serves: its capabilities are on the bus. */
    void serving(PluginParty plugin) {
        offer(plugin, plugin.id(), plugin.offered());
    }

    private void offer(Object owner, PluginId id, Set<String> capabilities) {
        for (String capability : capabilities) {
            consume(
                    owner,
                    addresses.plugin(id.value(), capability),
                    message -> called(message, id.value(), capability));
        }
    }

    void quiesced(PluginParty plugin) {
        unregister(plugin);
    }

    /** The capabilities of a plugin that is started by calls are on the bus whether it runs or not. */
    void dormant(DormantPlugin plugin, Set<String> capabilities) {
        offer(plugin, plugin.id(), capabilities);
    }

    void awake(DormantPlugin plugin) {
        unregister(plugin);
    }

    private void called(Message<Object> message, String plugin, String capability) {
        Optional<Caller> caller = callerOf(message);
        Permission permission = Permission.call(plugin, capability);
        if (caller.isEmpty() || !may(message, caller.get(), permission)) {
            Caller claimed = caller.orElse(Caller.user("unknown"));
            fail(message, CallRouter.denied(messaging.gate().denial(claimed, permission)));
            return;
        }
        answer(
                message,
                () -> messaging
                        .calls()
                        .call(
                                party,
                                caller.get(),
                                plugin,
                                capability,
                                Payloads.take(message.body()),
                                timeout(message)));
    }

    private void answer(Message<Object> message, Supplier<Future<Object>> call) {
        Future<Object> answer;
        try {
            answer = call.get();
        } catch (PluginException unfit) {
            fail(
                    message,
                    new CallException(FailureKind.INVALID, unfit.code(), String.valueOf(unfit.getMessage()), unfit));
            return;
        }
        answer.onComplete(end -> reply(message, end));
    }

    private void reply(Message<Object> message, AsyncResult<Object> end) {
        if (end.failed()) {
            fail(message, end.cause());
        } else if (!BusBody.fits(end.result())) {
            fail(
                    message,
                    new CallException(
                            FailureKind.INVALID, "The answer is a table batch, which can't go over the event bus."));
        } else if (message.replyAddress() != null) {
            message.reply(BusBody.of(end.result()));
        }
    }

    private static void fail(Message<Object> message, Throwable why) {
        if (message.replyAddress() != null) {
            message.fail(Failures.number(why), why.getMessage());
        } else {
            LOG.warn("A message to {} was not handled: {}", message.address(), why.getMessage());
        }
    }

    /** Those that came over the bus. */
    void failCallsTo(PluginParty plugin, CallException why) {
        party.pending.failAll(reply -> reply.receiver() == plugin, reply -> why);
    }

    private static long timeout(Message<?> message) {
        String millis = message.headers().get(TIMEOUT);
        try {
            return millis == null ? DEFAULT_TIMEOUT_NANOS : Math.max(1, Long.parseLong(millis)) * 1_000_000;
        } catch (NumberFormatException e) {
            return DEFAULT_TIMEOUT_NANOS;
        }
    }

    /** Whether a plugin that does not run on this node may run on another one. */
    boolean reachesElsewhere() {
        return clustered;
    }

    /** Call a plugin on another node. */
    <T> Future<T> call(
            Party from, Caller caller, String plugin, String capability, @Nullable Object body, long timeout) {
        String what = "'" + capability + "' of plugin '" + plugin + "'";
        return request(from, caller, addresses.plugin(plugin, capability), what, body, timeout);
    }

    private <T> Future<T> request(
            Party from, Caller caller, String address, String what, @Nullable Object body, long timeout) {
        RemoteReply<T> reply = new RemoteReply<>(from, what, timeout);
        if (!BusBody.fits(body)) {
            return from.failed(new CallException(FailureKind.INVALID, "A table batch can't go over the event bus."));
        }
        messaging.await(reply);
        long millis = Math.max(1, timeout / 1_000_000);
        DeliveryOptions options =
                stamped(caller).addHeader(TIMEOUT, Long.toString(millis)).setSendTimeout(millis);
        context.runOnContext(go ->
                BusGuard.kernelSends(() -> reply.follow(bus.<Object>request(address, BusBody.of(body), options)
                        .map(answer -> Payloads.take(answer.body()))
                        .recover(failure -> Future.failedFuture(Failures.read(failure, what))))));
        return reply.future();
    }

    // --- channels

    void joined(Member member) {
        String address = addresses.channel(member.name(), member.label);
        consume(member, address, message -> spoken(message, member));
    }

    void left(Member member) {
        unregister(member);
    }

    /** Somebody on the raw bus speaks to a member. */
    private void spoken(Message<Object> message, Member to) {
        Optional<Caller> caller = callerOf(message);
        if (caller.isEmpty()) {
            fail(message, ChannelState.notAuthorized());
            return;
        }
        try {
            if (!(message.body() instanceof JsonObject envelope) || !envelope.containsKey(MESSAGE)) {
                throw new PluginException(
                        "DP-0410",
                        "A channel message on the bus is an object with the field 'message'; the kernel fills in from, to and"
                                + " timestamp.");
            }
            Object body = Payloads.take(envelope.getValue(MESSAGE));
            speak(message, caller.get().label(), to, body);
        } catch (PluginException refused) {
            fail(message, refused);
        }
    }

    private void speak(Message<Object> message, String from, Member to, @Nullable Object body) {
        if (message.replyAddress() != null) {
            to.channel().request(party, from, to.label, body, timeout(message)).onComplete(end -> reply(message, end));
        } else {
            to.channel().post(from, to.label, body, false);
        }
    }

    /** Send to a participant that takes part over the raw bus; whether anybody listens. */
    boolean post(ChannelState channel, String from, String to, @Nullable Object body, long millis) {
        String address = addresses.channel(channel.name(), to);
        if (!BusBody.fits(body) || !(clustered || access.hasConsumers(address))) {
            return false;
        }
        DeliveryOptions options = stamped(Labels.caller(from));
        BusGuard.kernelSends(() -> bus.publish(address, envelope(from, to, body, millis), options));
        return true;
    }

    <T> Future<T> request(
            ChannelState channel, Party asking, String from, String to, @Nullable Object body, long timeout) {
        String address = addresses.channel(channel.name(), to);
        String what = "'" + to + "' in channel '" + channel.name() + "'";
        if (!clustered && !access.hasConsumers(address)) {
            return asking.failed(
                    new CallException(FailureKind.NOT_RUNNING, what + " was admitted but has not joined."));
        }
        JsonObject envelope = envelope(from, to, body, System.currentTimeMillis());
        return request(asking, Labels.caller(from), address, what, envelope, timeout);
    }

    private static JsonObject envelope(String from, String to, @Nullable Object body, long millis) {
        return new JsonObject()
                .put("from", from)
                .put("to", to)
                .put(MESSAGE, body)
                .put("timestamp", millis);
    }

    // --- consumers

    /** Registered on this node once this returns. */
    private void consume(Object owner, String address, Handler<Message<Object>> handler) {
        BusAccess.as(
                context,
                () -> consumers
                        .computeIfAbsent(owner, key -> new ConcurrentLinkedQueue<>())
                        .add(bus.consumer(address, handler)));
    }

    private void unregister(Object owner) {
        Queue<MessageConsumer<?>> held = consumers.remove(owner);
        if (held != null) {
            held.forEach(MessageConsumer::unregister);
        }
    }

    Future<Void> close() {
        List<Future<?>> ends = new ArrayList<>();
        consumers.values().forEach(held -> held.forEach(consumer -> ends.add(consumer.unregister())));
        consumers.clear();
        return Future.join(ends).mapEmpty();
    }
}
