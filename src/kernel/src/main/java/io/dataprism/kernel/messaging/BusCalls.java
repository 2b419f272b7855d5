package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Calls between mailboxes and the bus, at {@code plugin:<id>:<capability>}. */
final class BusCalls {
    private static final String PLUGIN = "dp-plugin";
    private static final String CAPABILITY = "dp-capability";

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Addresses addresses;
    private final RemoteCalls between;
    private final RemoteStreams streams;
    private final AtomicBoolean connected = new AtomicBoolean();

    BusCalls(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
        this.addresses = messaging.addresses();
        this.between = new RemoteCalls(messaging, link);
        this.streams = new RemoteStreams(messaging, link);
    }

    /** Other nodes may be trusted from now on. */
    void connect() {
        if (link.isClustered() && connected.compareAndSet(false, true)) {
            between.listen();
            link.consume(this, addresses.node(messaging.node()), this::calledByNode);
        }
    }

    /** The plugin serves: its capabilities are on the bus. */
    void serving(PluginParty plugin) {
        offer(plugin, plugin.id(), plugin.offered());
    }

    void quiesced(PluginParty plugin) {
        link.unregister(plugin);
    }

    /** The capabilities of a plugin that is started by calls are on the bus whether it runs or not. */
    void dormant(DormantPlugin plugin, Set<String> capabilities) {
        offer(plugin, plugin.id(), capabilities);
    }

    void awake(DormantPlugin plugin) {
        link.unregister(plugin);
    }

    private void offer(Object owner, PluginId id, Set<String> capabilities) {
        for (String capability : capabilities) {
            String address = addresses.plugin(id.value(), capability);
            link.consume(owner, address, message -> called(message, id.value(), capability, null));
            if (link.isClustered() && messaging.calls().isIdempotent(id.value(), capability)) {
                // That there is a consumer is what other nodes want to know.
                link.consume(
                        owner,
                        addresses.idempotent(id.value(), capability),
                        message -> link.refuse(message, messaging.calls().notFound(Caller.HOST, id.value(), "")));
            }
        }
    }

    /** Another node wants a plugin of this one and no other. */
    private void calledByNode(Message<Object> message) {
        if (streams.took(message)) {
            return;
        }
        String plugin = message.headers().get(PLUGIN);
        String capability = message.headers().get(CAPABILITY);
        if (plugin != null && capability != null && BusAccess.isFromWire(message)) {
            called(message, plugin, capability, messaging.node());
        }
    }

    private void called(Message<Object> message, String plugin, String capability, @Nullable String node) {
        Optional<Caller> caller = link.callerOf(message);
        Permission permission = Permission.call(plugin, capability);
        if (caller.isEmpty() || !link.may(message, caller.get(), permission)) {
            Caller claimed = caller.orElse(Caller.user("unknown"));
            link.refuse(message, CallRouter.denied(messaging.gate().denial(claimed, permission)));
            return;
        }
        String id = message.headers().get(CallOrigin.ID);
        String terms = message.headers().get(StreamTerms.HEADER);
        if (id == null || terms == null || !BusAccess.isFromWire(message)) {
            link.answer(message, () -> work(message, caller.get(), plugin, capability, node, null));
        } else {
            StreamTerms.read(terms)
                    .ifPresentOrElse(
                            read -> stream(message, caller.get(), plugin, capability, node, id, read),
                            () -> link.refuse(
                                    message,
                                    new CallException(
                                            FailureKind.INVALID, "A stream was asked for on no such terms.")));
        }
    }

    private void stream(
            Message<Object> message,
            Caller caller,
            String plugin,
            String capability,
            @Nullable String node,
            String id,
            StreamTerms terms) {
        BusStream out = new BusStream(link, streams, message, id, messaging.node());
        try {
            Future<Object> call = work(message, caller, plugin, capability, node, new StreamOpening(terms, out));
            out.endsWith(() -> between.giveUp(call, "What it streamed can't be sent to another node."));
            streams.sends(out, call);
        } catch (PluginException unfit) {
            link.refuse(message, unfit);
        }
    }

    private Future<Object> work(
            Message<Object> message,
            Caller caller,
            String plugin,
            String capability,
            @Nullable String node,
            @Nullable StreamOpening stream) {
        Object body = Payloads.take(message.body());
        CallOrigin origin = BusAccess.isFromWire(message) ? CallOrigin.read(message.headers(), caller) : null;
        CallRequest<Object> request = new CallRequest<>(
                link.party(),
                caller,
                plugin,
                capability,
                body,
                BusLink.timeout(message),
                link.marksOf(message),
                node,
                origin,
                stream,
                false);
        // Interceptors of another node were asked there.
        Future<Object> call = BusAccess.isFromWire(message)
                ? messaging.calls().call(request)
                : link.party()
                        .passed(request.subject(), passed -> messaging.calls().call(request.with(passed)));
        if (origin != null) {
            between.works(message, origin, plugin, call);
        }
        return call;
    }

    /** Whether a plugin that does not run on this node may run on another one. */
    boolean reachElsewhere() {
        return link.isClustered();
    }

    /** What other nodes say of a capability. */
    enum Idempotence {
        YES,
        NO,
        NOBODY_SERVES
    }

    /** Whether a node serves {@code capability} now, and says that it may be called twice as well as once. */
    Future<Idempotence> idempotenceElsewhere(String plugin, String capability) {
        if (!link.isClustered()) {
            return Future.succeededFuture(Idempotence.NO);
        }
        return link.isKnownToBeHeard(addresses.idempotent(plugin, capability))
                .compose(idempotent -> idempotent
                        ? Future.succeededFuture(Idempotence.YES)
                        : link.isKnownToBeHeard(addresses.plugin(plugin, capability))
                                .map(served -> served ? Idempotence.NO : Idempotence.NOBODY_SERVES));
    }

    /** Call a plugin on another node. */
    <T> Future<T> call(CallRequest<T> request) {
        Optional<String> unfit = BusBody.whyNot(request.body());
        if (unfit.isPresent()) {
            return request.from().failed(new CallException(FailureKind.INVALID, unfit.get()));
        }
        String node = request.node();
        if (node != null && !link.isClustered()) {
            return request.from().failed(notThere(request, node));
        }
        RemoteCall<T> call = made(request);
        between.made(call);
        return link.request(call, request.caller(), request.body(), headers -> {
            CallOrigin.write(call, headers);
            if (request.stream() != null) {
                headers.set(StreamTerms.HEADER, request.stream().terms().write());
            }
            HeaderText.write(request.marks().headers(), headers);
            if (node != null) {
                headers.set(PLUGIN, request.plugin()).set(CAPABILITY, request.capability());
            }
        });
    }

    private <T> RemoteCall<T> made(CallRequest<T> request) {
        StreamOpening stream = request.stream();
        if (stream == null) {
            return new RemoteCall<>(request, between, address(request), nobody(request));
        }
        RemoteStream<T> made = new RemoteStream<>(request, between, streams, address(request), nobody(request), stream);
        streams.reads(made);
        return made;
    }

    private String address(CallRequest<?> request) {
        return request.node() == null
                ? addresses.plugin(request.plugin(), request.capability())
                : addresses.node(request.node());
    }

    private CallException nobody(CallRequest<?> request) {
        if (request.node() != null) {
            return notThere(request, request.node());
        }
        return messaging.calls().isKnown(request.plugin())
                ? new CallException(FailureKind.NOT_RUNNING, "Plugin '" + request.plugin() + "' runs on no node.")
                : messaging.calls().notFound(request.caller(), request.plugin(), request.capability());
    }

    private static CallException notThere(CallRequest<?> request, String node) {
        return new CallException(
                FailureKind.NOT_RUNNING,
                "Plugin '" + request.plugin() + "' was wanted on node '" + PluginException.excerpt(node)
                        + "', which is no node of this cluster, or has left it. Name a node that is a member.");
    }

    /** Grants of {@code caller} changed: its streams that came over the bus may stand on one that is gone. */
    void recheck(Caller caller) {
        link.party()
                .pending
                .failAll(
                        reply -> reply.streamed() != null
                                && reply.answersTo().equals(caller)
                                && !stillMay(caller, reply),
                        reply -> CallRouter.revoked(caller, reply));
    }

    private boolean stillMay(Caller caller, PendingReply<?> stream) {
        Permission permission = stream.streamed();
        return permission == null
                || (stream.origin() == null
                        ? messaging.gate().may(caller, permission)
                        : messaging.gate().mayFromElsewhere(caller, permission));
    }

    /** The calls that came over the bus. */
    void failCallsTo(PluginParty plugin, CallException why) {
        link.party().pending.failAll(reply -> reply.receiver() == plugin, reply -> why);
    }
}
