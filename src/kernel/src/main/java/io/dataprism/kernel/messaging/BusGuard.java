package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.dataprism.kernel.vertx.BusBackstop;
import io.dataprism.kernel.vertx.Mailbox;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backstop on the raw bus: a plugin has no bus, so code that runs in a plugin's context and sends or receives there went around its
 * facades, and is refused, unless the plugin was granted {@code vertx-access}. Host code passes; what it says about who it is
 * at a kernel's address is replaced by what is known.
 */
final class BusGuard {
    private static final Logger LOG = LoggerFactory.getLogger(BusGuard.class);
    /** The mailboxes of all plugins that any kernel of this JVM guards: kernels may share a Vertx. */
    private static final Set<Mailbox> GUARDED = ConcurrentHashMap.newKeySet();

    private static final ThreadLocal<@Nullable Boolean> KERNEL_SENDS = new ThreadLocal<>();
    private static final Permission VERTX_ACCESS = Permission.parse("vertx-access");

    private final LocalMessaging messaging;
    private final Map<Mailbox, PluginParty> plugins = new ConcurrentHashMap<>();
    private final BusBackstop outbound = this::outbound;
    private final BusBackstop inbound = this::inbound;
    private final LogLimit logged = new LogLimit();

    BusGuard(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    void install(EventBus bus) {
        bus.addOutboundInterceptor(outbound);
        bus.addInboundInterceptor(inbound);
    }

    void remove(EventBus bus) {
        bus.removeOutboundInterceptor(outbound);
        bus.removeInboundInterceptor(inbound);
        GUARDED.removeAll(plugins.keySet());
        plugins.clear();
    }

    void add(PluginParty plugin, Mailbox mailbox) {
        plugins.put(mailbox, plugin);
        GUARDED.add(mailbox);
    }

    void forget(PluginParty plugin) {
        plugins.forEach((mailbox, known) -> {
            if (known == plugin) {
                plugins.remove(mailbox);
                GUARDED.remove(mailbox);
            }
        });
    }

    /** Let the kernel itself send, whoever's slice this is. */
    static void kernelSends(Runnable sending) {
        KERNEL_SENDS.set(true);
        try {
            sending.run();
        } finally {
            // Emptied and not removed: to make a place for it anew at each message costs more than the message.
            KERNEL_SENDS.set(null);
        }
    }

    private void outbound(DeliveryContext<Object> delivery) {
        if (KERNEL_SENDS.get() != null) {
            delivery.next();
            return;
        }
        Caller sender = Caller.HOST;
        Mailbox mailbox = BusAccess.currentMailbox();
        PluginParty plugin = mailbox == null ? null : plugins.get(mailbox);
        if (mailbox != null && plugin == null && !isAnothers(delivery, mailbox)) {
            refuse(delivery, "sent to");
            return;
        }
        if (plugin != null) {
            if (!messaging.gate().may(plugin.caller, VERTX_ACCESS)) {
                refuse(delivery, plugin, "sent to");
                return;
            }
            sender = plugin.caller;
        }
        if (messaging.addresses().isKernels(delivery.message().address())) {
            messaging.edge().hostSends(delivery, sender, plugin == null ? MessageIds.NONE : plugin.handled());
        } else {
            delivery.next();
        }
    }

    private void inbound(DeliveryContext<Object> delivery) {
        Mailbox mailbox = BusAccess.currentMailbox();
        if (mailbox == null) {
            delivery.next();
            return;
        }
        PluginParty plugin = plugins.get(mailbox);
        if (plugin == null && !isAnothers(delivery, mailbox)) {
            messaging.edge().evict(delivery.message(), mailbox);
            refuse(delivery, "consumed");
        } else if (plugin != null && !messaging.gate().may(plugin.caller, VERTX_ACCESS)) {
            // Whoever learns that it was refused and asks again is not to meet the same consumer on its way out.
            messaging.edge().evict(delivery.message(), mailbox);
            refuse(delivery, plugin, "consumed");
        } else {
            delivery.next();
        }
    }

    /** Whether a plugin of another kernel does it, whose guard decides; at an address of this kernel it is as unknown as one that has ended. */
    private boolean isAnothers(DeliveryContext<Object> delivery, Mailbox mailbox) {
        return GUARDED.contains(mailbox)
                && !messaging.addresses().isKernels(delivery.message().address());
    }

    /** Code that goes on in the context of a plugin that has ended is nobody, and not the host. */
    private void refuse(DeliveryContext<Object> delivery, String did) {
        String address = delivery.message().address();
        logged.say(
                did,
                more -> LOG.warn(
                        "Refused the address {}, which a plugin that this kernel does not run {} on the raw event bus{}",
                        address,
                        did,
                        more));
        PermissionDeniedException denied = new PermissionDeniedException(
                VERTX_ACCESS.toString(),
                "Code of a plugin that this kernel does not run, or runs no more, may not use '" + VERTX_ACCESS
                        + "': nobody can be named for it. Use the facades of a plugin that runs.");
        kernelSends(() -> BusAccess.refuse(delivery, Failures.number(FailureKind.DENIED), denied));
    }

    private void refuse(DeliveryContext<Object> delivery, PluginParty plugin, String did) {
        Message<Object> message = delivery.message();
        PermissionDeniedException denied = messaging.gate().denial(plugin.caller, VERTX_ACCESS);
        // A refusal is answered in the plugin's own context, and is not the plugin's sending.
        kernelSends(() -> BusAccess.refuse(delivery, Failures.number(FailureKind.DENIED), denied));
        messaging.report(
                plugin,
                "address " + message.address() + ", which it " + did
                        + " on the raw event bus instead of through its context",
                denied);
    }
}
