package io.dataprism.kernel.vertx;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;

/**
 * A message of the kernel's to consumers on its node. Vert.x copies headers for each receiver, most of which read none: here they are made
 * when they are asked for.
 */
final class KernelMessage extends MessageImpl<Object, Object> {
    private final BusMail mail;

    /** Before it is received: each receiver gets its {@link #copyBeforeReceive}. */
    @SuppressWarnings("NullAway") // Vert.x's class takes null for what its messages have not, and declares nothing
    KernelMessage(EventBusImpl bus, String address, BusMail mail) {
        super(address, null, null, null, false, bus);
        this.mail = mail;
    }

    @Override
    public MessageImpl<Object, Object> copyBeforeReceive() {
        KernelMessage copy = new KernelMessage(bus, address, mail);
        copy.receivedBody = mail.body();
        return copy;
    }

    @Override
    public MultiMap headers() {
        if (headers == null) {
            headers = mail.headers();
        }
        return headers;
    }
}
