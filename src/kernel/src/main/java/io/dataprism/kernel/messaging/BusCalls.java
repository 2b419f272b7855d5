package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls between mailboxes and the bus, at {@code plugin:<id>:<capability>}. */
final class BusCalls {
    private final LocalMessaging messaging;
    private final BusLink link;
    private final Addresses addresses;

    BusCalls(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
        this.addresses = messaging.addresses();
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
            link.consume(owner, address, message -> called(message, id.value(), capability));
        }
    }

    private void called(Message<Object> message, String plugin, String capability) {
        Optional<Caller> caller = link.callerOf(message);
        Permission permission = Permission.call(plugin, capability);
        if (caller.isEmpty() || !link.may(message, caller.get(), permission)) {
            Caller claimed = caller.orElse(Caller.user("unknown"));
            BusLink.refuse(message, CallRouter.denied(messaging.gate().denial(claimed, permission)));
            return;
        }
        link.answer(message, () -> {
            Object body = Payloads.take(message.body());
            return messaging
                    .calls()
                    .call(
                            link.party(),
                            caller.get(),
                            plugin,
                            capability,
                            body,
                            BusLink.timeout(message),
                            link.idOf(message),
                            link.causeOf(message));
        });
    }

    /** Whether a plugin that does not run on this node may run on another one. */
    boolean reachElsewhere() {
        return link.isClustered();
    }

    /** Call a plugin on another node. */
    <T> Future<T> call(
            Party from,
            Caller caller,
            String plugin,
            String capability,
            @Nullable Object body,
            long timeout,
            long id,
            long causeId) {
        String what = "'" + capability + "' of plugin '" + plugin + "'";
        return link.request(
                from,
                caller,
                addresses.plugin(plugin, capability),
                what,
                nobody(caller, plugin, capability),
                body,
                timeout,
                id,
                causeId);
    }

    private CallException nobody(Caller caller, String plugin, String capability) {
        return messaging.calls().isKnown(plugin)
                ? new CallException(FailureKind.NOT_RUNNING, "Plugin '" + plugin + "' runs on no node.")
                : messaging.calls().notFound(caller, plugin, capability);
    }

    /** The calls that came over the bus. */
    void failCallsTo(PluginParty plugin, CallException why) {
        link.party().pending.failAll(reply -> reply.receiver() == plugin, reply -> why);
    }
}
