package io.dataprism.bench.lane;

import java.util.List;
import java.util.function.Consumer;
import net.engio.mbassy.bus.MBassador;
import net.engio.mbassy.bus.config.BusConfiguration;
import net.engio.mbassy.bus.config.Feature;
import net.engio.mbassy.listener.Handler;
import net.engio.mbassy.listener.Listener;
import net.engio.mbassy.listener.References;

/** MBassador's asynchronous publication; one thread dispatches, so that each listener's messages stay in order. */
final class MBassadorLane extends SenderThread {
    private final MBassador<Object> bus = new MBassador<>(new BusConfiguration()
            .addFeature(Feature.SyncPubSub.Default())
            .addFeature(Feature.AsynchronousHandlerInvocation.Default())
            .addFeature(Feature.AsynchronousMessageDispatch.Default().setNumberOfMessageDispatchers(1))
            .addPublicationErrorHandler(error -> {
                throw new IllegalStateException(error.getMessage(), error.getCause());
            }));

    @Override
    public void open(List<Consumer<Object>> receivers) {
        receivers.forEach(receiver -> bus.subscribe(new Subscriber(receiver)));
    }

    @Override
    public void send(Object body) {
        bus.post(body).asynchronously();
    }

    @Override
    public void close() throws Exception {
        super.close();
        bus.shutdown();
    }

    /** What MBassador finds by its annotations. */
    @Listener(references = References.Strong)
    public static final class Subscriber {
        private final Consumer<Object> receiver;

        Subscriber(Consumer<Object> receiver) {
            this.receiver = receiver;
        }

        @Handler
        public void handle(Object body) {
            receiver.accept(body);
        }
    }
}
