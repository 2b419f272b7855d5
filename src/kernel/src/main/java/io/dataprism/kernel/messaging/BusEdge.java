package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.vertx.BusAccess;
import io.dataprism.kernel.vertx.BusConsumer;
import io.dataprism.kernel.vertx.Mailbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The adapters that carry what comes from the Vert.x bus (host code, bridge, other nodes) into mailboxes, and what goes there out of them. */
final class BusEdge {
    /** What kernels say in headers, and nobody else may. */
    private static final List<String> OF_KERNELS = List.of(
            RemoteTrust.NODE,
            RemoteTrust.CALLER,
            WireVersion.HEADER,
            MessageIds.ID,
            MessageIds.CAUSE,
            CallOrigin.ID,
            HeaderText.HEADER);

    private final LocalMessaging messaging;
    private final BusLink link;
    private final BusEvents events;
    private final BusCalls calls;
    private final BusChannels channels;
    private final AddressSurvey survey;

    BusEdge(LocalMessaging messaging, Vertx vertx, MessagingOptions options) {
        this.messaging = messaging;
        this.link = new BusLink(messaging, vertx, options);
        this.events = new BusEvents(messaging, link);
        this.calls = new BusCalls(messaging, link);
        this.channels = new BusChannels(messaging, link);
        this.survey = new AddressSurvey(link.addresses(), this::isAPluginsOwn, link::foreigners);
    }

    void trust(RemoteTrust next) {
        link.trust(next);
        calls.connect();
        events.ask();
    }

    /** On whose behalf what comes over the bus waits. */
    Party party() {
        return link.party();
    }

    BusEvents events() {
        return events;
    }

    BusCalls calls() {
        return calls;
    }

    BusChannels channels() {
        return channels;
    }

    /** Host code, or a trusted plugin, sends to one of this kernel's addresses. On its thread; what it says of itself is replaced. */
    void hostSends(DeliveryContext<Object> delivery, Caller sender, long causeId) {
        Message<Object> message = delivery.message();
        if (BusAccess.mayHaveHeaders(message)) {
            OF_KERNELS.forEach(message.headers()::remove);
        }
        long id = link.party().nextId();
        if (sender.kind() != Caller.Kind.HOST || link.isClustered()) {
            message.headers().set(RemoteTrust.CALLER, RemoteCaller.write(sender));
            message.headers().set(RemoteTrust.NODE, messaging.node());
            message.headers().set(WireVersion.HEADER, WireVersion.TEXT);
            message.headers().set(MessageIds.ID, messaging.ids().text(id));
            messaging.ids().textOf(causeId).ifPresent(cause -> message.headers().set(MessageIds.CAUSE, cause));
        }
        String topic = messaging.addresses().topic(message.address());
        boolean taken = topic.isEmpty()
                ? link.takesAtOnce() && link.take(delivery)
                : events.hostPublishes(delivery, sender, topic, new Marks(id, causeId, Map.of()));
        if (!taken) {
            delivery.next();
        }
    }

    /** Run {@code action} after {@code millis}, unless this is closed first. */
    void soon(long millis, Runnable action) {
        link.soon(millis, action);
    }

    /** What a plugin consumes on the raw bus would be refused each time, and its sender with it. */
    void evict(Message<Object> message, Mailbox mailbox) {
        link.evict(message, mailbox);
    }

    /** Who else consumes at the addresses of plugins and of participants that are plugins, as far as was looked by now. One thread at a time. */
    List<BusConsumer> foreigners() {
        return survey.look();
    }

    /** The same at the addresses of {@code id}, now. */
    List<BusConsumer> foreigners(PluginId id) {
        List<BusConsumer> found = new ArrayList<>();
        for (String address : link.addresses()) {
            if (messaging.addresses().owner(address).equals(id.value())) {
                found.addAll(link.foreigners(address));
            }
        }
        return found;
    }

    /** Code of the host's may take part in a channel at {@code host}, or as somebody who is no plugin. */
    private boolean isAPluginsOwn(String address) {
        String owner = messaging.addresses().owner(address);
        return !owner.isEmpty()
                && (messaging.calls().plugin(owner).isPresent()
                        || messaging.calls().isKnown(owner));
    }

    Future<Void> close() {
        return link.close();
    }
}
