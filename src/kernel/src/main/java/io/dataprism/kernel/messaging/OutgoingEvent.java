package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.kernel.vertx.BusMail;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the raw bus. Consumers may keep it: it holds no plugin's class.
 *
 * @param payload owned by the kernel, and fits the bus
 */
record OutgoingEvent(BusLink link, Caller source, @Nullable Object payload, Marks marks) implements BusMail {

    static OutgoingEvent of(BusLink link, Caller source, @Nullable Object payload, Marks marks) {
        return new OutgoingEvent(link, source, SharedRecord.json(payload), marks);
    }

    @Override
    public MultiMap headers() {
        return link.stamped(source, marks).getHeaders();
    }

    @Override
    public @Nullable Object body() {
        return BusBody.copy(payload);
    }
}
