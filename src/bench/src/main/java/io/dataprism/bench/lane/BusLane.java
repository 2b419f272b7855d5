package io.dataprism.bench.lane;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.List;
import java.util.function.Consumer;
import org.example.reading.Reading;

/** The raw Vert.x event bus between verticles, on event loops or on workers. To one receiver it sends, to several it publishes. */
final class BusLane implements HogLane {
    private static final String ADDRESS = "bench.address";

    private final BusVerticles verticles;
    private final EventBus bus;
    private final HogTurns hog = new HogTurns();
    private boolean toOne;
    private final Context sender;

    BusLane(boolean workers) throws Exception {
        verticles = new BusVerticles(workers);
        bus = verticles.vertx().eventBus();
        sender = verticles.context();
    }

    @Override
    public void send(Form form) {
        if (form == Form.RECORD) {
            bus.registerDefaultCodec(Reading.class, new AsItIs());
        }
    }

    @Override
    public void open(List<Consumer<Object>> receivers) throws Exception {
        toOne = receivers.size() == 1;
        for (Consumer<Object> receiver : receivers) {
            verticles.deploy(new VerticleBase() {
                @Override
                public Future<?> start() {
                    return vertx.eventBus()
                            .consumer(ADDRESS, message -> receiver.accept(message.body()))
                            .completion();
                }
            });
        }
    }

    @Override
    public void startHog() throws Exception {
        burn(verticles.context());
    }

    private void burn(Context context) {
        context.runOnContext(go -> {
            if (hog.getAsBoolean()) {
                burn(context);
            }
        });
    }

    @Override
    public void execute(Runnable step) {
        sender.runOnContext(go -> step.run());
    }

    @Override
    public void send(Object body) {
        if (toOne) {
            bus.send(ADDRESS, body);
        } else {
            bus.publish(ADDRESS, body);
        }
    }

    @Override
    public void close() throws Exception {
        hog.stop();
        verticles.close();
    }

    /** Passes a record by reference, as the bus can where it is told. */
    private static final class AsItIs implements MessageCodec<Reading, Reading> {
        @Override
        public Reading transform(Reading reading) {
            return reading;
        }

        @Override
        public void encodeToWire(Buffer buffer, Reading reading) {
            throw new UnsupportedOperationException("It stays here.");
        }

        @Override
        public Reading decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException("It stays here.");
        }

        @Override
        public String name() {
            return "reading";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
