package io.dataprism.kernel.vertx;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;
import io.vertx.core.internal.VertxInternal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Ways through the bus without the steps that would do nothing, while the interceptors are the kernels' own, nobody measures or traces, and
 * there are no other nodes. Safe to use from any thread.
 */
final class BusShortcut {
    private static final @Nullable Inside INSIDE = inside();

    private final EventBusImpl bus;

    /**
     * What the bus shows to nobody. A record, whose components the JVM takes for as constant as itself.
     *
     * @param deliver hands a message to the consumers of its address
     * @param outbound the interceptors of what is sent
     * @param inbound those of what is received
     * @param headers of a message, null while it has none
     */
    private record Inside(MethodHandle deliver, VarHandle outbound, VarHandle inbound, VarHandle headers) {}

    private BusShortcut(EventBusImpl bus) {
        this.bus = bus;
    }

    /** Null where there is none, for as long as {@code vertx} lives. */
    static @Nullable BusShortcut of(VertxInternal vertx) {
        boolean plain = INSIDE != null
                && vertx.eventBus().getClass() == EventBusImpl.class
                && vertx.tracer() == null
                && !vertx.eventBus().isMetricsEnabled();
        return plain ? new BusShortcut((EventBusImpl) vertx.eventBus()) : null;
    }

    private static @Nullable Inside inside() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(EventBusImpl.class, MethodHandles.lookup());
            return new Inside(
                    lookup.findVirtual(
                            EventBusImpl.class,
                            "deliverMessageLocally",
                            MethodType.methodType(ReplyException.class, MessageImpl.class)),
                    lookup.findVarHandle(EventBusImpl.class, "outboundInterceptors", Handler[].class),
                    lookup.findVarHandle(EventBusImpl.class, "inboundInterceptors", Handler[].class),
                    lookup.findVarHandle(MessageImpl.class, "headers", MultiMap.class));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            // On a module path that does not open Vert.x, or with another Vert.x: everything goes the whole way.
            return null;
        }
    }

    /** Whether the whole way would do nothing else now. */
    boolean isOpen() {
        Inside inside = INSIDE;
        return inside != null
                && areKernels((Handler<?>[]) inside.outbound.getVolatile(bus))
                && areKernels((Handler<?>[]) inside.inbound.getVolatile(bus));
    }

    /** Publish {@code mail}; whether this could, else the whole way has to be gone. */
    boolean publish(String address, BusMail mail) {
        Inside inside = INSIDE;
        if (inside == null || !areKernels((Handler<?>[]) inside.outbound.getVolatile(bus))) {
            return false;
        }
        deliver(inside.deliver, new KernelMessage(bus, address, mail));
        return true;
    }

    /** Whether {@code message} may have headers: to ask it for them makes some. */
    static boolean mayHaveHeaders(Message<?> message) {
        Inside inside = INSIDE;
        return inside == null
                || message.getClass() != MessageImpl.class
                || inside.headers.get((MessageImpl<?, ?>) message) != null;
    }

    /** That nobody listens any more is no failure of what is published. */
    @SuppressWarnings("unused")
    private void deliver(MethodHandle deliver, MessageImpl<?, ?> message) {
        try {
            ReplyException nobody = (ReplyException) deliver.invokeExact(bus, (MessageImpl) message);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("Vert.x's bus threw what it does not declare", checked);
        }
    }

    private static boolean areKernels(Handler<?>[] interceptors) {
        for (Handler<?> interceptor : interceptors) {
            if (!(interceptor instanceof BusBackstop)) {
                return false;
            }
        }
        return true;
    }
}
