package io.dataprism.kernel.messaging;

import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that speak a newer format than this one: said once a node in this node's log, and to all nodes, so that it stands in that node's log
 * too, whatever was refused. What is said of this is the same in every version. Safe to use from any thread.
 */
final class Strangers {
    /** For whom a notice is. */
    static final String TO = "dp-to";

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final int MOST = 100;

    private final LocalMessaging messaging;
    private final BusLink link;
    private final LogLimit logged = new LogLimit();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Strangers(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
    }

    /** Hear what others refuse of this node. */
    void listen() {
        if (link.isClustered() && known.add(messaging.node())) {
            link.consume(this, messaging.addresses().notices(), this::told);
        }
    }

    void met(WireVersion.Newer newer) {
        if (known.size() < MOST && known.add(newer.node())) {
            LOG.error("{}", newer.getMessage());
            link.publish(
                    messaging.addresses().notices(),
                    newer.getMessage(),
                    new DeliveryOptions().addHeader(TO, newer.node()));
        }
    }

    private void told(Message<Object> notice) {
        if (BusAccess.isFromWire(notice)
                && messaging.node().equals(notice.headers().get(TO))) {
            logged.say("", more -> LOG.error("Another node refuses what this one sends: {}{}", notice.body(), more));
        }
    }
}
