package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same where the host has interceptors of its own on the bus, so that each message goes the bus's whole way. */
final class InterceptedBusEdgeTest extends BusEdgeTest {
    private final AtomicInteger sent = new AtomicInteger();
    private final Handler<DeliveryContext<Object>> outbound = delivery -> {
        sent.incrementAndGet();
        delivery.next();
    };

    @BeforeEach
    void intercept() {
        bus.addOutboundInterceptor(outbound);
        bus.addInboundInterceptor(DeliveryContext::next);
    }

    @AfterEach
    void allWereSeen() {
        assertTrue(sent.get() > 0);
    }
}
