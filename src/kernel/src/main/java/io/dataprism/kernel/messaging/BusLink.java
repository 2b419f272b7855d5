package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.permission.GrantCommands;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.dataprism.kernel.vertx.BusConsumer;
import io.dataprism.kernel.vertx.Mailbox;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the adapters share: one event-loop context that all consumers belong to, so that one sender's messages keep their order over all
 * addresses; who a message speaks for; how requests are made and answered.
 */
final class BusLink {
    private static final Logger LOG = LoggerFactory.getLogger(BusLink.class);
    private static final String TIMEOUT = "dp-timeout";
    private static final long DEFAULT_TIMEOUT_NANOS = 30_000_000_000L;
    private static final long MILLI = 1_000_000;
    /** The bus gives an answer up later than the kernel does, which can say more about why. */
    private static final long GRACE_MILLIS = 5_000;

    private final LocalMessaging messaging;
    private final EventBus bus;
    private final BusAccess access;
    private final Context context;
    private final HostParty party;
    private final boolean clustered;
    private final Departures departures;
    private final Newcomers newcomers;
    private final Strangers strangers;
    private final BusConsumers consumers;
    private final LogLimit logged = new LogLimit();
    /** Of the context. */
    private long soon = -1;

    private volatile RemoteTrust trust = RemoteTrust.none();

    BusLink(LocalMessaging messaging, Vertx vertx, MessagingOptions options) {
        this.messaging = messaging;
        this.bus = vertx.eventBus();
        this.access = new BusAccess(vertx);
        this.context = access.newContext();
        this.party = new HostParty(messaging, Caller.HOST, context, options.hostQueue());
        this.clustered = access.isClustered();
        this.consumers = new BusConsumers(bus, access, context, this::arrived);
        this.departures = new Departures(messaging, context, access);
        this.newcomers = new Newcomers(context);
        this.strangers = new Strangers(messaging, this);
    }

    void trust(RemoteTrust next) {
        trust = next;
        departures.watch(next);
        newcomers.watch(next);
        strangers.listen();
    }

    boolean isClustered() {
        return clustered;
    }

    /** Whether anybody on the raw bus may consume {@code address}, here or on another node. */
    boolean mayBeHeard(String address) {
        return clustered || access.hasConsumers(address);
    }

    /** Whether anybody on the raw bus of this node consumes {@code address}. */
    boolean isHeardHere(String address) {
        return access.hasConsumers(address);
    }

    /** The same, but no where that can't be told. */
    Future<Boolean> isKnownToBeHeard(String address) {
        return access.knowsConsumers() ? access.isServed(address) : Future.succeededFuture(false);
    }

    /** Have {@code left} run, on this link's context, after a node has left the others; several times for one. */
    void onDeparture(Runnable left) {
        departures.tell(left);
    }

    /** The nodes that come after this one. */
    Newcomers newcomers() {
        return newcomers;
    }

    /**
     * A plugin got {@code message}, which it may not have: it loses its place at the address, and what nobody would hear of otherwise, such as an
     * answer, goes to who has the address.
     */
    void evict(Message<Object> message, Mailbox mailbox) {
        boolean evicted = access.evict(message.address(), mailbox);
        if (evicted && message.isSend() && message.replyAddress() == null && access.hasConsumers(message.address())) {
            DeliveryOptions same =
                    new DeliveryOptions().setHeaders(message.headers()).setLocalOnly(true);
            BusGuard.kernelSends(() -> bus.send(message.address(), message.body(), same));
        }
    }

    /** The addresses that are consumed on this node, as far as that can be told. */
    Iterable<String> addresses() {
        return access.addresses();
    }

    /** Who consumes {@code address}, and is not this kernel. */
    List<BusConsumer> foreigners(String address) {
        return access.consumers(address, context);
    }

    /** Whether anybody consumes {@code address}, here or on a node that is a member now. */
    Future<Boolean> isHeard(String address) {
        return access.isServed(address);
    }

    /** On whose context answers to bus messages arrive. */
    HostParty party() {
        return party;
    }

    void run(Runnable action) {
        context.runOnContext(go -> action.run());
    }

    /** The same after {@code millis}, unless this is closed first; one at a time. */
    void soon(long millis, Runnable action) {
        context.runOnContext(go -> soon = context.owner().setTimer(millis, due -> action.run()));
    }

    // --- who speaks

    /** Headers of a local message were set by the guard; those of another node's are believed only by {@link RemoteTrust}. */
    Optional<Caller> callerOf(Message<?> message) {
        if (BusAccess.isFromWire(message)) {
            return trust.callerOf(message);
        }
        String label = header(message, RemoteTrust.CALLER);
        return label == null ? Optional.of(Caller.HOST) : RemoteCaller.read(label);
    }

    boolean may(Message<?> message, Caller caller, Permission permission) {
        return BusAccess.isFromWire(message)
                ? messaging.gate().mayFromElsewhere(caller, permission)
                : messaging.gate().may(caller, permission);
    }

    /** The same for who throws nothing where it is refused: the audit is told. */
    boolean mayElseTold(Message<?> message, Caller caller, Permission permission) {
        boolean may = may(message, caller, permission);
        if (!may) {
            String why = "its message came over the bus, and it may not send that here. "
                    + GrantCommands.remedy(caller, permission);
            messaging.gate().refused(caller, permission, why);
        }
        return may;
    }

    /** What goes with {@code message}; an id of this node's where it has none. */
    Marks marksOf(Message<?> message) {
        long given = read(message, MessageIds.ID);
        long id = given == MessageIds.NONE ? party.nextId() : given;
        return new Marks(id, read(message, MessageIds.CAUSE), HeaderText.read(header(message, HeaderText.HEADER)));
    }

    /** Of a message that mostly has none. */
    static @Nullable String header(Message<?> message, String name) {
        return BusAccess.mayHaveHeaders(message) ? message.headers().get(name) : null;
    }

    private long read(Message<?> message, String header) {
        String text = header(message, header);
        return text == null ? MessageIds.NONE : messaging.ids().read(text);
    }

    DeliveryOptions stamped(Caller source, Marks marks) {
        DeliveryOptions options = stamped(source, marks.id(), marks.causeId());
        HeaderText.write(marks.headers(), options.getHeaders());
        return options;
    }

    DeliveryOptions stamped(Caller source, long id, long causeId) {
        DeliveryOptions options = new DeliveryOptions()
                .addHeader(RemoteTrust.CALLER, RemoteCaller.write(source))
                .addHeader(MessageIds.ID, messaging.ids().text(id));
        messaging.ids().textOf(causeId).ifPresent(cause -> options.addHeader(MessageIds.CAUSE, cause));
        return clustered
                ? options.addHeader(RemoteTrust.NODE, messaging.node()).addHeader(WireVersion.HEADER, WireVersion.TEXT)
                : options;
    }

    // --- sending

    void publish(String address, @Nullable Object body, DeliveryOptions options) {
        BusGuard.kernelSends(() -> bus.publish(address, BusBody.of(body), options));
    }

    /** @param onlyHere whether other nodes get none of it */
    void publish(String address, OutgoingEvent event, boolean onlyHere) {
        if (!access.publish(address, event)) {
            DeliveryOptions options =
                    new DeliveryOptions().setHeaders(event.headers()).setLocalOnly(onlyHere);
            publish(address, event.payload(), options);
        }
    }

    /** To one consumer; whether anybody got it is not told. */
    void send(String address, @Nullable Object body, DeliveryOptions options) {
        BusGuard.kernelSends(() -> bus.send(address, BusBody.of(body), options));
    }

    /**
     * Ask over the bus on behalf of {@code caller}; the answer goes to {@code from}.
     *
     * @param nobody the failure when no node consumes {@code address}
     */
    <T> Future<T> request(
            Party from,
            Caller caller,
            String address,
            String what,
            PluginException nobody,
            @Nullable Object body,
            long timeout,
            Marks marks) {
        Optional<String> unfit = BusBody.whyNot(body);
        if (unfit.isPresent()) {
            return from.failed(new CallException(FailureKind.INVALID, unfit.get()));
        }
        return request(
                new RemoteReply<>(from, what, address, nobody, timeout, marks),
                caller,
                body,
                headers -> HeaderText.write(marks.headers(), headers));
    }

    /**
     * Ask over the bus for {@code reply}.
     *
     * @param body fits the bus
     * @param more adds to the headers of the request
     */
    <T> Future<T> request(RemoteReply<T> reply, Caller caller, @Nullable Object body, Consumer<MultiMap> more) {
        messaging.await(reply);
        if (reply.isSettled()) {
            return reply.future();
        }
        DeliveryOptions options = stamped(caller, reply.id, reply.causeId);
        more.accept(options.getHeaders());
        run(() -> BusGuard.kernelSends(() -> send(reply, body, options)));
        return reply.future();
    }

    /** The deadline may be an earlier one than that of the request: that of the call for which it is made. */
    private void send(RemoteReply<?> reply, @Nullable Object body, DeliveryOptions options) {
        long millis = Math.max(1, reply.remaining() / MILLI);
        options.addHeader(TIMEOUT, Long.toString(millis)).setSendTimeout(millis + GRACE_MILLIS);
        reply.received(bus.<Object>request(reply.address(), BusBody.of(body), options)
                .map(answer -> {
                    WireVersion.require(answer, messaging.node());
                    return answer;
                })
                .recover(failure -> Future.failedFuture(understood(failure, reply.what(), reply.nobody()))));
    }

    /** That another node speaks another format is for the operator of this one, too. */
    private PluginException understood(Throwable failure, String what, PluginException nobody) {
        if (failure instanceof WireVersion.Newer newer) {
            strangers.met(newer);
            return newer;
        }
        PluginException read = Failures.read(failure, what, nobody);
        if (read.code().equals(WireVersion.CODE)) {
            logged.say("format", more -> LOG.error("{}{}", read.getMessage(), more));
        }
        return read;
    }

    // --- answering

    /** Make the call that {@code message} asks for, and answer it. */
    <T> void answer(Message<?> message, Supplier<Future<T>> call) {
        Future<T> answer;
        try {
            answer = call.get();
        } catch (PluginException unfit) {
            refuse(message, unfit);
            return;
        }
        answer.onComplete(end -> reply(message, end));
    }

    private void reply(Message<?> message, AsyncResult<?> end) {
        if (end.failed()) {
            refuse(message, end.cause());
        } else {
            BusBody.whyNot(end.result())
                    .ifPresentOrElse(
                            why -> refuse(message, new CallException(FailureKind.INVALID, "The answer: " + why)),
                            () -> replyWith(message, end.result()));
        }
    }

    /** Answer with {@code result}, which fits. */
    static void replyWith(Message<?> message, @Nullable Object result) {
        if (message.replyAddress() != null) {
            message.reply(BusBody.of(result), new DeliveryOptions().addHeader(WireVersion.HEADER, WireVersion.TEXT));
        }
    }

    /** Answer that it fails with {@code why}; the log is told where nobody waits for an answer. */
    void refuse(Message<?> message, Throwable why) {
        if (message.replyAddress() != null) {
            boolean kernel = header(message, CallOrigin.ID) != null;
            message.fail(kernel ? Failures.numberForKernel(why) : Failures.number(why), why.getMessage());
        } else {
            logged.say(
                    callerOf(message).map(Caller::toString).orElse("nobody"),
                    more -> LOG.warn(
                            "A message to {} was not handled: {}{}", message.address(), why.getMessage(), more));
        }
    }

    /** How long who sent {@code message} waits. */
    static long timeout(Message<?> message) {
        String millis = header(message, TIMEOUT);
        try {
            return millis == null
                    ? DEFAULT_TIMEOUT_NANOS
                    : Deadlines.nanos(Duration.ofMillis(Math.max(1, Long.parseLong(millis))));
        } catch (NumberFormatException e) {
            return DEFAULT_TIMEOUT_NANOS;
        }
    }

    // --- consumers

    /**
     * Consume {@code address} until {@link #unregister}; registered on this node once this returns. What another node sent in a newer format is
     * refused here.
     *
     * @return completes once the other nodes know of it, too
     */
    Future<Void> consume(Object owner, String address, Handler<Message<Object>> handler) {
        return consumers.add(owner, address, handler);
    }

    /** What comes over the bus to one of the consumers. */
    private void arrived(Message<Object> message, Handler<Message<Object>> handler) {
        try {
            WireVersion.require(message, messaging.node());
            handler.handle(message);
        } catch (WireVersion.Newer newer) {
            strangers.met(newer);
            refuse(message, newer);
        }
    }

    /**
     * Whether what host code sends may be taken on its thread, instead of by a consumer on this link's context. For all it sends alike: what goes
     * the one way would overtake what goes the other.
     */
    boolean takesAtOnce() {
        return access.isBare() && !party.isIntercepted();
    }

    /** Take what host code sends to one of this link's consumers, on its thread; whether there is one, and only one. */
    boolean take(DeliveryContext<Object> delivery) {
        return consumers.take(delivery);
    }

    void unregister(Object owner) {
        consumers.remove(owner);
    }

    Future<Void> close() {
        departures.close();
        newcomers.close();
        context.runOnContext(go -> context.owner().cancelTimer(soon));
        return consumers.close().onComplete(done -> access.close());
    }
}
